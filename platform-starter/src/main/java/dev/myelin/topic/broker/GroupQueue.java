package dev.myelin.topic.broker;

import dev.myelin.wire.TopicSubscription;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/// What one group of a topic still has to handle: messages never delivered, messages that wait for
/// their next attempt, and messages that members hold under a lease.
///
/// Not thread-safe; times are nanos of one interval clock.
final class GroupQueue {

  private static final Duration GRACE = Duration.ofSeconds(1);

  private final GroupPosition position;
  private final Map<Long, Held> held = new HashMap<>();
  private final PriorityQueue<Waiting> waiting =
      new PriorityQueue<>(
          Comparator.comparingLong(Waiting::dueAt).thenComparingLong(Waiting::sequence));
  private final Map<String, Object> members = new HashMap<>();
  private long next;
  private boolean lasting;
  private long leftAt;
  private Duration ackTimeout = Duration.ZERO;

  GroupQueue(GroupPosition position, boolean lasting, long now) {
    this.position = position;
    this.lasting = lasting;
    this.next = position.floor() + 1;
    this.leftAt = now;
  }

  /// A message that may be delivered now.
  ///
  /// @param sequence its number
  /// @param attempt number of the attempt that this would be
  record Candidate(long sequence, int attempt) {

    String token() {
      return sequence + "." + attempt;
    }
  }

  private record Held(int attempt, Object member, long until) {}

  private record Waiting(long sequence, int attempt, long dueAt) {}

  GroupPosition position() {
    return position;
  }

  /// Lets a member in.
  ///
  /// @return the one that had its subscriber's name before
  @Nullable Object enter(TopicSubscription subscription, Object member) {
    lasting = subscription.lasting();
    ackTimeout = subscription.ackTimeout();
    return members.put(subscription.subscriber(), member);
  }

  /// Lets a member go; its leases lapse after a short while, in which it may come back and extend
  /// them.
  void leave(String subscriber, Object member, long now) {
    members.remove(subscriber, member);
    leftAt = now;
    long soon = now + GRACE.toNanos();
    held.replaceAll((_, lease) ->
        lease.member().equals(member) && lease.until() - soon > 0
            ? new Held(lease.attempt(), member, soon)
            : lease);
  }

  /// Whether nobody wants it any more.
  boolean abandoned(Duration patience, long now) {
    return !lasting && members.isEmpty() && now - leftAt > patience.toNanos();
  }

  /// The message to deliver now, if there is one; it stays where it is until it is [#hold]en or
  /// [#settle]d.
  ///
  /// @param last number of the newest message
  @Nullable Candidate candidate(long last, long now) {
    lapse(now);
    var due = waiting.peek();
    if (due != null && due.dueAt() - now <= 0) {
      return new Candidate(due.sequence(), due.attempt());
    }
    while (next <= last && position.settled(next)) {
      next++;
    }
    return next <= last ? new Candidate(next, 1) : null;
  }

  private void lapse(long now) {
    held.entrySet()
        .removeIf(entry -> {
          boolean lapsed = entry.getValue().until() - now <= 0;
          if (lapsed) {
            waiting.add(new Waiting(entry.getKey(), entry.getValue().attempt() + 1, now));
          }
          return lapsed;
        });
  }

  /// Leases a candidate to a member.
  void hold(Candidate candidate, Object member, long now) {
    unqueue(candidate.sequence());
    held.put(
        candidate.sequence(), new Held(candidate.attempt(), member, now + ackTimeout.toNanos()));
  }

  private void unqueue(long sequence) {
    waiting.removeIf(entry -> entry.sequence() == sequence);
    if (sequence == next) {
      next++;
    }
  }

  /// Whether an attempt is the one that a member holds.
  boolean holds(long sequence, int attempt) {
    var lease = held.get(sequence);
    return lease != null && lease.attempt() == attempt;
  }

  /// Puts a held message back.
  void retry(long sequence, int attempt, Duration delay, long now) {
    if (holds(sequence, attempt)) {
      held.remove(sequence);
      waiting.add(new Waiting(sequence, attempt + 1, now + delay.toNanos()));
    }
  }

  /// Removes a message for good.
  ///
  /// @return whether it was not settled before
  boolean settle(long sequence) {
    held.remove(sequence);
    unqueue(sequence);
    return position.settle(sequence);
  }

  /// Begins the leases of attempts anew.
  void extend(List<Candidate> attempts, long now) {
    for (var attempt : attempts) {
      held.computeIfPresent(
          attempt.sequence(),
          (_, lease) ->
              lease.attempt() == attempt.attempt()
                  ? new Held(lease.attempt(), lease.member(), now + ackTimeout.toNanos())
                  : lease);
    }
  }

  /// When [#candidate] may have another answer though nothing happens.
  OptionalLong nextChange() {
    var lapse = held.values().stream().mapToLong(Held::until).min();
    var due = waiting.peek();
    if (due == null) {
      return lapse;
    }
    return OptionalLong.of(
        lapse.isPresent() && lapse.getAsLong() - due.dueAt() < 0 ? lapse.getAsLong() : due.dueAt());
  }
}
