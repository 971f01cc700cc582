package dev.myelin.kubernetes;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// One Lease of an API server, seen through lines that a test can cut. Used by one thread.
public final class MemoryLeaseApi {

  private @Nullable LeaseObject object;
  private long writes;
  private long objects;

  /// How a line behaves.
  public enum Line {
    /// It works.
    UP,
    /// Nothing arrives.
    DOWN,
    /// What is asked arrives, the answer does not.
    ANSWERLESS
  }

  /// A line to it.
  public final class Client implements LeaseObjects {

    private Line line = Line.UP;

    /// Makes it behave otherwise.
    public void be(Line changed) {
      line = changed;
    }

    @Override
    public Optional<LeaseObject> read() {
      return over(() -> Optional.ofNullable(object));
    }

    @Override
    public Optional<LeaseObject> create(LeaseObject.Content content) {
      return over(() -> object != null ? Optional.empty() : stored("uid-" + ++objects, content));
    }

    @Override
    public Optional<LeaseObject> replace(LeaseObject before, LeaseObject.Content content) {
      return over(() -> before.equals(object) ? stored(before.uid(), content) : Optional.empty());
    }

    private Optional<LeaseObject> stored(String uid, LeaseObject.Content content) {
      object = new LeaseObject(uid, Long.toString(++writes), content);
      return Optional.of(object);
    }

    private Optional<LeaseObject> over(java.util.function.Supplier<Optional<LeaseObject>> request) {
      if (line == Line.DOWN) {
        throw new IllegalStateException("connection refused");
      }
      var answer = request.get();
      if (line == Line.ANSWERLESS) {
        throw new IllegalStateException("timed out");
      }
      return answer;
    }
  }

  /// Opens a line to it.
  public Client client() {
    return new Client();
  }

  /// Deletes the object, as somebody with `kubectl` might.
  public void delete() {
    object = null;
  }

  /// Writes it without changing what it says, as somebody who puts a label on it.
  public void touch() {
    var current = object;
    if (current != null) {
      object = new LeaseObject(current.uid(), Long.toString(++writes), current.content());
    }
  }

  /// How often it was written.
  public long writes() {
    return writes;
  }
}
