package dev.myelin.pubsub.membership;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.myelin.pubsub.membership.LogEntry.Held;
import dev.myelin.wire.InstanceId;
import dev.myelin.wire.MembershipSubscription.Position;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// The members of a cluster and, up to a limit, the changes that made them so: what a pubsub serves
/// its subscribers from, whether it writes the log itself or follows the one that does.
///
/// - Versions grow by one with each change, and jump where another log is opened.
/// - The same generation and version mean the same members, in whichever process.
///
/// Thread-safe. One owner changes it: the [MembershipLog], or the [MembershipCopy]. Readers get
/// immutable copies; listeners are called without a lock and must not block.
public final class MembershipHistory {

  private final int retention;
  private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
  private final ReentrantLock lock = new ReentrantLock();

  @GuardedBy("lock")
  private final TreeMap<InstanceId, Held> members = new TreeMap<>();

  @GuardedBy("lock")
  private final ArrayDeque<LogEntry> retained = new ArrayDeque<>();

  @GuardedBy("lock")
  private String generation = "";

  @GuardedBy("lock")
  private long version;

  @GuardedBy("lock")
  private boolean written;

  @GuardedBy("lock")
  private @Nullable Contents contents;

  /// Creates one that knows nothing yet.
  ///
  /// @param retention changes kept for subscribers that resume
  public MembershipHistory(int retention) {
    this.retention = retention;
  }

  /// Changes that are retained, and where they begin.
  ///
  /// @param version version of the membership now
  /// @param changes oldest first; the last one led to the version
  public record Retained(long version, List<LogEntry> changes) {

    /// The changes that led from one version to another; empty if some of them are not known: no
    /// longer, not yet, or because they belong to another log.
    ///
    /// @param from what is known
    /// @param to up to what
    public Optional<List<LogEntry>> between(long from, long to) {
      long oldest = version - changes.size();
      if (from < oldest || to > version) {
        return Optional.empty();
      }
      int begin = Math.toIntExact(from - oldest);
      return Optional.of(
          to <= from ? List.of() : changes.subList(begin, Math.toIntExact(to - oldest)));
    }
  }

  /// Calls a listener after each change, from the thread that made it.
  ///
  /// @param listener what to call
  public void onChange(Runnable listener) {
    listeners.add(listener);
  }

  /// Name of the log that is served; empty before anything is known.
  public String generation() {
    return contents().generation();
  }

  /// Version of the membership; 0 before anything is known.
  public long version() {
    lock.lock();
    try {
      return version;
    } finally {
      lock.unlock();
    }
  }

  /// The members now.
  public Contents contents() {
    lock.lock();
    try {
      if (contents == null) {
        contents = new Contents(generation, version, members.values());
      }
      return contents;
    } finally {
      lock.unlock();
    }
  }

  /// The changes after a position, oldest first; empty if it is of another log, if its successor is
  /// no longer retained, or if it lies in the future.
  ///
  /// @param known a position
  public Optional<List<LogEntry>> since(Position known) {
    lock.lock();
    try {
      long missed = version - known.version();
      if (!known.generation().equals(generation) || missed < 0 || missed > retained.size()) {
        return Optional.empty();
      }
      var changes = new ArrayList<LogEntry>();
      for (var newest = retained.descendingIterator(); changes.size() < missed; ) {
        changes.add(newest.next());
      }
      Collections.reverse(changes);
      return Optional.of(changes);
    } finally {
      lock.unlock();
    }
  }

  /// All changes that are retained. What lies before them is history that nobody knows any more.
  public Retained retained() {
    lock.lock();
    try {
      return new Retained(version, List.copyOf(retained));
    } finally {
      lock.unlock();
    }
  }

  /// Whether a subscriber has seen more of this lineage than there is here, so that it has to wait
  /// until this pubsub has caught up. Never where the log is written: whoever has seen more than
  /// that comes from a past that was lost, as by a folder restored from a backup.
  ///
  /// @param position where the subscriber is
  public boolean behind(Position position) {
    lock.lock();
    try {
      return !written
          && position.version() > version
          && Generation.related(position.generation(), generation);
    } finally {
      lock.unlock();
    }
  }

  /// The member of an id.
  ///
  /// @param id its id
  @Nullable Held member(InstanceId id) {
    lock.lock();
    try {
      return members.get(id);
    } finally {
      lock.unlock();
    }
  }

  /// Begins anew, with what a log has at a version.
  ///
  /// @param log name of the log
  /// @param at the version
  /// @param present its members then
  /// @param here whether the log is written in this process from now on
  void open(String log, long at, Collection<Held> present, boolean here) {
    lock.lock();
    try {
      generation = log;
      version = at;
      written = here;
      retained.clear();
      members.clear();
      present.forEach(held -> members.put(held.member().instance().id(), held));
      contents = null;
    } finally {
      lock.unlock();
    }
  }

  /// Adds the next changes; readers see all of them or none.
  void append(List<LogEntry> entries) {
    lock.lock();
    try {
      for (var entry : entries) {
        append(entry);
      }
    } finally {
      lock.unlock();
    }
  }

  @GuardedBy("lock")
  private void append(LogEntry entry) {
    if (entry.version() != version + 1) {
      throw new IllegalStateException("Version %d follows %d".formatted(entry.version(), version));
    }
    version = entry.version();
    retained.addLast(entry);
    if (retained.size() > retention) {
      retained.removeFirst();
    }
    if (entry.after() == null) {
      members.remove(entry.id());
    } else {
      members.put(entry.id(), entry.after());
    }
    contents = null;
  }

  /// Calls the listeners.
  void tell() {
    listeners.forEach(Runnable::run);
  }
}
