package dev.myelin.stream;

import dev.myelin.CallException;
import dev.myelin.Execution;
import dev.myelin.Status;
import java.util.concurrent.Flow;
import java.util.concurrent.LinkedBlockingQueue;
import org.jspecify.annotations.Nullable;

/// Items that have come and wait for the thread that reads them; asks for more as they are taken,
/// so that a slow reader holds the sender back. One thread may read at a time.
final class ItemQueue implements Flow.Subscriber<Object> {

  private final int window;
  private final LinkedBlockingQueue<Arrival> arrivals = new LinkedBlockingQueue<>();
  private volatile Flow.@Nullable Subscription subscription;
  private int taken;
  private @Nullable Arrival last;

  private sealed interface Arrival {
    record Item(@Nullable Object value) implements Arrival {}

    record Failed(Throwable cause) implements Arrival {}

    record Ended() implements Arrival {}
  }

  /// Creates one.
  ///
  /// @param window most items that wait here
  ItemQueue(int window) {
    this.window = window;
  }

  @Override
  public void onSubscribe(Flow.Subscription to) {
    subscription = to;
    to.request(window);
  }

  @Override
  public void onNext(@Nullable Object item) {
    arrivals.add(new Arrival.Item(item));
  }

  @Override
  public void onError(Throwable failure) {
    arrivals.add(new Arrival.Failed(failure));
  }

  @Override
  public void onComplete() {
    arrivals.add(new Arrival.Ended());
  }

  /// Gives up the stream at its host; what comes after that is [Pull#END].
  void cancel() {
    var to = subscription;
    if (to != null) {
      to.cancel();
    }
    arrivals.clear();
    arrivals.add(new Arrival.Ended());
  }

  /// Whether an item has come, so that taking it does not wait.
  boolean ready() {
    return !arrivals.isEmpty();
  }

  /// The next item, or [Pull#END]; waits for it.
  ///
  /// @throws Throwable what ended the stream
  @Nullable Object take() throws Throwable {
    var arrival = last == null ? next() : last;
    return switch (arrival) {
      case Arrival.Item(var value) -> {
        if (++taken >= window / 2) {
          more();
        }
        yield value;
      }
      case Arrival.Failed failed -> {
        last = failed;
        throw failed.cause();
      }
      case Arrival.Ended ended -> {
        last = ended;
        yield Pull.END;
      }
    };
  }

  private void more() {
    var to = subscription;
    if (to != null) {
      to.request(taken);
    }
    taken = 0;
  }

  private Arrival next() {
    try {
      return arrivals.take();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      cancel();
      throw new CallException(
          Status.CANCELLED,
          Execution.RAN,
          "the thread was interrupted while it read a stream of another process",
          e);
    }
  }
}
