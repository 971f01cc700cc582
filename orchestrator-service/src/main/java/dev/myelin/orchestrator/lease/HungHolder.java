package dev.myelin.orchestrator.lease;

import dev.myelin.membership.ClusterLease;
import dev.myelin.orchestrator.time.Time;
import dev.myelin.wire.InstanceId;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Ends the holder of a lease that hangs, so that another can have it.
///
/// The system frees the lock of a process that has ended, but one that is stopped or hung keeps it,
/// and may act again at any time. Only its end makes sure that it does not: on one host that is
/// possible. A holder is ended when it
///
/// - has not renewed the lease for the limit, by this process's interval clock;
/// - and then does not answer when asked.
///
/// A pause of this process is not held against the holder: where two looks are far apart, the limit
/// counts anew. Confined to one thread.
public final class HungHolder {

  private static final Logger log = LoggerFactory.getLogger(HungHolder.class);

  private final Supplier<Optional<ClusterLease>> lease;
  private final Duration limit;
  private final Predicate<InstanceId> answers;
  private final Measure measure;
  private final Time time;
  private @Nullable ClusterLease seen;
  private long changedAt;
  private long lookedAt;

  /// What ends a process.
  @FunctionalInterface
  public interface Measure {

    /// Ends a core process at once, if it is there.
    ///
    /// @param holder which one
    /// @return whether there was one to end
    boolean end(InstanceId holder);
  }

  /// Creates one.
  ///
  /// @param lease reads the lease
  /// @param limit how long it may stay as it is
  /// @param answers asks a core process, and waits for its answer for some seconds at most
  /// @param measure ends it
  /// @param time the clocks
  public HungHolder(
      Supplier<Optional<ClusterLease>> lease,
      Duration limit,
      Predicate<InstanceId> answers,
      Measure measure,
      Time time) {
    this.lease = lease;
    this.limit = limit;
    this.answers = answers;
    this.measure = measure;
    this.time = time;
    this.changedAt = time.nanos();
    this.lookedAt = changedAt;
  }

  /// Looks; to be called a few times a second, as long as another holds the lease. May block while
  /// the holder is asked.
  public void look() {
    long now = time.nanos();
    boolean late = now - lookedAt > limit.dividedBy(4).toNanos();
    lookedAt = now;
    var found = lease.get().orElse(null);
    if (found == null || late || !found.equals(seen)) {
      seen = found;
      changedAt = now;
    } else if (now - changedAt >= limit.toNanos()) {
      judge(new InstanceId(found.holder()));
      // asking may have taken long, and the lock needs a moment
      changedAt = time.nanos();
      lookedAt = changedAt;
    }
  }

  private void judge(InstanceId holder) {
    if (answers.test(holder)) {
      log.warn(
          "lease=stale holder={}: not renewed for {} s, but the holder answers; is its disk full?",
          holder,
          limit.toSeconds());
    } else if (measure.end(holder)) {
      log.error(
          "lease=hung holder={}: neither renewed for {} s nor answering; its process was killed",
          holder,
          limit.toSeconds());
    } else {
      log.error(
          "lease=hung holder={}: not renewed for {} s, and its process is not known",
          holder,
          limit.toSeconds());
    }
  }
}
