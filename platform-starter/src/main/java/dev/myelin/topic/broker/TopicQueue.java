package dev.myelin.topic.broker;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.myelin.topic.broker.GroupQueue.Candidate;
import dev.myelin.topic.broker.TopicStore.GroupName;
import dev.myelin.wire.TopicSubscription;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/// One topic: which of its messages may be delivered, and to whom.
///
/// Thread-safe. Nothing that may block is done under its lock but the noting of positions in the
/// store, which does not wait for a disk.
final class TopicQueue {

  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final String name;
  private final TopicStore store;
  private final LongSupplier nanos;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();

  @GuardedBy("lock")
  private final Map<String, GroupQueue> groups = new HashMap<>();

  @GuardedBy("lock")
  private final RecentIds recent;

  @GuardedBy("lock")
  private long last;

  TopicQueue(String name, TopicStore store, TopicStore.Contents contents, LongSupplier nanos) {
    this.name = name;
    this.store = store;
    this.nanos = nanos;
    this.last = contents.last().getOrDefault(name, 0L);
    this.recent = new RecentIds(nanos, contents.recent().getOrDefault(name, List.of()));
    long now = nanos.getAsLong();
    contents
        .groups()
        .forEach((group, stored) -> {
          if (group.topic().equals(name)) {
            groups.put(
                group.group(), new GroupQueue(stored.position().copy(), stored.lasting(), now));
          }
        });
  }

  String name() {
    return name;
  }

  /// Notes an id that is about to be accepted.
  ///
  /// @return what was noted for it before; null if nothing was
  @Nullable CompletableFuture<Long> note(String id, CompletableFuture<Long> accepted) {
    lock.lock();
    try {
      return recent.note(id, accepted);
    } finally {
      lock.unlock();
    }
  }

  void forget(String id) {
    lock.lock();
    try {
      recent.forget(id);
    } finally {
      lock.unlock();
    }
  }

  /// Makes a message visible, and with it all that were stored before it.
  void stored(long sequence) {
    lock.lock();
    try {
      last = Math.max(last, sequence);
      removeAbandoned();
      release();
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  @GuardedBy("lock")
  private void removeAbandoned() {
    long now = nanos.getAsLong();
    groups
        .entrySet()
        .removeIf(entry -> {
          boolean abandoned = entry.getValue().abandoned(PATIENCE, now);
          if (abandoned) {
            store.remove(new GroupName(name, entry.getKey()));
          }
          return abandoned;
        });
  }

  @GuardedBy("lock")
  private void release() {
    long floor =
        groups.values().stream().mapToLong(group -> group.position().floor()).min().orElse(last);
    store.release(name, floor + 1);
  }

  /// Lets a member into its group.
  ///
  /// @return the member that had its subscriber's name before
  @Nullable Object enter(TopicSubscription subscription, Object member) {
    lock.lock();
    try {
      var group = groups.get(subscription.group());
      if (group == null) {
        var position = new GroupPosition(last, List.of());
        group = new GroupQueue(position, subscription.lasting(), nanos.getAsLong());
        groups.put(subscription.group(), group);
        store.add(new GroupName(name, subscription.group()), last + 1, subscription.lasting());
      }
      return group.enter(subscription, member);
    } finally {
      lock.unlock();
    }
  }

  void leave(TopicSubscription subscription, Object member) {
    lock.lock();
    try {
      var group = groups.get(subscription.group());
      if (group != null) {
        group.leave(subscription.subscriber(), member, nanos.getAsLong());
      }
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /// Leases the next message of a group to a member.
  ///
  /// @param until end of the wait, in nanos
  /// @param closed whether the member wants no more
  /// @return what was leased; null if there was nothing in time
  @Nullable Candidate take(
      TopicSubscription subscription, Object member, long until, BooleanSupplier closed)
      throws InterruptedException {
    lock.lock();
    try {
      while (!closed.getAsBoolean()) {
        long now = nanos.getAsLong();
        var group = groups.get(subscription.group());
        var candidate = group == null ? null : group.candidate(last, now);
        if (group != null && candidate != null) {
          group.hold(candidate, member, now);
          return candidate;
        }
        if (until - now <= 0) {
          return null;
        }
        long change = group == null ? until : group.nextChange().orElse(until);
        var _ = changed.await(Math.max(1, Math.min(until, change) - now), TimeUnit.NANOSECONDS);
      }
      return null;
    } finally {
      lock.unlock();
    }
  }

  /// Whether an attempt of a group is still the one that a member holds.
  boolean holds(String group, Candidate attempt) {
    lock.lock();
    try {
      var queue = groups.get(group);
      return queue != null && queue.holds(attempt.sequence(), attempt.attempt());
    } finally {
      lock.unlock();
    }
  }

  void settle(String group, long sequence) {
    lock.lock();
    try {
      var queue = groups.get(group);
      if (queue != null && sequence <= last && queue.settle(sequence)) {
        store.settle(new GroupName(name, group), sequence);
        release();
      }
    } finally {
      lock.unlock();
    }
  }

  void retry(String group, Candidate attempt, Duration delay) {
    lock.lock();
    try {
      var queue = groups.get(group);
      if (queue != null) {
        queue.retry(attempt.sequence(), attempt.attempt(), delay, nanos.getAsLong());
        changed.signalAll();
      }
    } finally {
      lock.unlock();
    }
  }

  void extend(String group, List<Candidate> attempts) {
    lock.lock();
    try {
      var queue = groups.get(group);
      if (queue != null) {
        queue.extend(attempts, nanos.getAsLong());
      }
    } finally {
      lock.unlock();
    }
  }

  /// Lets every member look again.
  void wake() {
    lock.lock();
    try {
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }
}
