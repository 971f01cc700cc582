package dev.myelin.storage.memcached;

import dev.myelin.wire.Endpoint;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The ring as it is, and as it was.
///
/// A node that gets a key back which it had before may still hold an old value of it: others were
/// written elsewhere in between. So what is read from a node counts only if it was placed there
/// since the node has had the key without a break, as far as this process has seen the changes.
/// What was there when this process began is trusted. Immutable.
final class RingHistory {

  /// How far clocks of different machines may differ.
  private static final long SKEW_MILLIS = 2_000;

  private static final int LONGEST = 8;
  private static final long ALWAYS = Long.MIN_VALUE;

  private record Era(Ring ring, long since) {}

  // the newest last, never empty
  private final List<Era> eras;

  private RingHistory(List<Era> eras) {
    this.eras = eras;
  }

  static RingHistory beginning(Ring ring) {
    return new RingHistory(List.of(new Era(ring, ALWAYS)));
  }

  /// The ring that holds from a moment on.
  ///
  /// @param ring the ring
  /// @param now when, in milliseconds of the wall clock
  RingHistory then(Ring ring, long now) {
    // no node yet: nothing can be old
    long since = current().nodes().isEmpty() ? ALWAYS : now;
    var next = new ArrayList<>(eras);
    next.add(new Era(ring, since));
    return new RingHistory(
        List.copyOf(next.subList(Math.max(0, next.size() - LONGEST), next.size())));
  }

  Ring current() {
    return eras.getLast().ring();
  }

  /// The ring before this one.
  @Nullable Ring former() {
    return eras.size() == 1 ? null : eras.get(eras.size() - 2).ring();
  }

  /// When the current ring began, in milliseconds of the wall clock.
  long since() {
    return eras.getLast().since();
  }

  /// Whether what a node holds of a key counts, for a node that has the key now, or had it in the
  /// ring before.
  ///
  /// @param place where the key is
  /// @param replicas on how many nodes a key is
  /// @param node where it was read
  /// @param placed when it was placed there, in milliseconds of the wall clock
  boolean valid(long place, int replicas, Endpoint node, long placed) {
    int era = eras.size() - 1;
    if (era > 0 && !has(era, place, replicas, node)) {
      era--;
    }
    long since = ALWAYS;
    while (era >= 0 && has(era, place, replicas, node)) {
      since = eras.get(era).since();
      era--;
    }
    return since == ALWAYS || placed >= since - SKEW_MILLIS;
  }

  private boolean has(int era, long place, int replicas, Endpoint node) {
    return eras.get(era).ring().owners(place, replicas).contains(node);
  }
}
