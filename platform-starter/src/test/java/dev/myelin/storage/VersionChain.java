package dev.myelin.storage;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/// Judges the history of one object's states, in time that grows with its length alone.
///
/// Each state names itself and the state that its writer had read. A store that keeps what it
/// promises leaves one chain: every version has one state, whose parent is the state of the version
/// before, every write that was confirmed is in it, and nobody's reads go backwards. What is
/// recorded may come from many threads; each session belongs to one.
public final class VersionChain {

  /// A state of the object: 16 bytes.
  ///
  /// @param id of the write that made it
  /// @param parent id of the write whose state its writer had read; 0 for none
  public record Link(long id, long parent) {

    /// The state to store.
    public byte[] toBytes() {
      return ByteBuffer.allocate(16).putLong(id).putLong(parent).array();
    }

    /// Reads a state.
    ///
    /// @param state what was stored
    public static Link of(byte[] state) {
      var buffer = ByteBuffer.wrap(state);
      return new Link(buffer.getLong(), buffer.getLong());
    }
  }

  private record Seen(int session, ObjectVersion version, Link link, boolean write) {}

  private final AtomicLong ids = new AtomicLong();
  private final ConcurrentLinkedQueue<Seen> history = new ConcurrentLinkedQueue<>();

  /// The next state to write.
  ///
  /// @param parent the state it comes after; null for none
  public Link next(@Nullable Link parent) {
    return new Link(ids.incrementAndGet(), parent == null ? 0 : parent.id());
  }

  /// Records a confirmed write.
  ///
  /// @param session who wrote
  /// @param version what the store said it made
  /// @param link what was written
  public void wrote(int session, ObjectVersion version, Link link) {
    history.add(new Seen(session, version, link, true));
  }

  /// Records a read.
  ///
  /// @param session who read
  /// @param object what the store said
  public void read(int session, StoredObject object) {
    history.add(new Seen(session, object.version(), Link.of(object.state()), false));
  }

  /// How many writes were confirmed.
  public long confirmed() {
    return history.stream().filter(Seen::write).count();
  }

  /// Everything that is wrong with the history of an object that was never deleted.
  ///
  /// @param last the object as it is at the end
  public List<String> faults(StoredObject last) {
    var faults = new ArrayList<String>();
    var states = new HashMap<Long, Link>();
    Map<Integer, ObjectVersion> sessions = new HashMap<>();
    read(-1, last);
    for (var seen : history) {
      if (seen.version().life() != last.version().life()) {
        faults.add("another life: " + seen);
      }
      if (seen.version().number() > last.version().number()) {
        faults.add("lost: " + seen + " is later than the last version " + last.version());
      }
      var known = states.putIfAbsent(seen.version().number(), seen.link());
      if (known != null && !known.equals(seen.link())) {
        faults.add("fork: version %s is %s and %s".formatted(seen.version(), known, seen.link()));
      }
      var earlier = sessions.put(seen.session(), seen.version());
      if (earlier != null && earlier.after(seen.version())) {
        faults.add("backwards: session saw " + earlier + " and then " + seen);
      }
    }
    var numbers = new HashMap<Long, Long>();
    states.forEach((number, link) -> {
      var other = numbers.put(link.id(), number);
      if (other != null) {
        faults.add("twice: %s is version %d and %d".formatted(link, other, number));
      }
      var parent = states.get(number - 1);
      if (parent != null && parent.id() != link.parent()) {
        faults.add("lost update: %s at %d does not come after %s".formatted(link, number, parent));
      }
    });
    return faults;
  }
}
