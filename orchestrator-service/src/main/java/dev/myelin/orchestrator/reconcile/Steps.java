package dev.myelin.orchestrator.reconcile;

import dev.myelin.orchestrator.lease.LeaderLease;
import dev.myelin.orchestrator.reconcile.Tracked.Turn;
import dev.myelin.orchestrator.time.Time;
import dev.myelin.wire.InstanceId;
import java.time.Duration;
import java.util.concurrent.Executor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Carries out what may block, away from the loop, as long as the lease is that under which it was
/// planned.
///
/// What came of a step is noted only where the instance is still in the stage for which the step
/// was planned: it may have ended, or been killed, in the meantime.
///
/// @param roster where results are noted
/// @param lease which must still be held
/// @param executor runs what may block
/// @param time for the moments of stages
/// @param wake makes the loop look again at once
record Steps(Roster roster, LeaderLease lease, Executor executor, Time time, Runnable wake) {

  private static final Logger log = LoggerFactory.getLogger(Steps.class);
  private static final Duration RETRY = Duration.ofSeconds(1);

  /// Begins a step: marks the instance busy, then runs the step elsewhere. A step that throws is
  /// planned again after a second.
  void begin(long epoch, Tracked tracked, Runnable step) {
    roster.update(tracked.id(), entry -> entry.withTurn(new Turn(true, entry.turn().notBefore())));
    executor.execute(() -> {
      if (!holds(epoch)) {
        return;
      }
      try {
        step.run();
      } catch (RuntimeException e) {
        log.debug("A step of instance '{}' in {} failed", tracked.id(), tracked.stage(), e);
        later(tracked, RETRY);
      }
    });
  }

  /// Whether the lease is still that of an epoch.
  boolean holds(long epoch) {
    var current = lease.epoch();
    return current.isPresent() && current.getAsLong() == epoch;
  }

  /// Notes that an instance is in another stage, whatever it was in.
  ///
  /// @return the entry as it was given, in that stage
  Tracked enter(Tracked entry, Stage stage) {
    long now = time.nanos();
    roster.update(entry.id(), current -> current.to(stage, now));
    return entry.to(stage, now);
  }

  /// Notes that an instance has moved on from the stage it was in, and wakes the loop.
  void advance(Tracked from, Stage to) {
    roster.update(
        from.id(),
        entry -> entry.stage().equals(from.stage()) ? entry.to(to, time.nanos()) : entry);
    wake.run();
  }

  /// Notes that a step has to be tried again later.
  void later(Tracked from, Duration wait) {
    roster.update(
        from.id(),
        entry ->
            entry.stage().equals(from.stage())
                ? entry.withTurn(new Turn(false, time.nanos() + wait.toNanos()))
                : entry);
  }

  /// The entry of an instance that has ended, gone for good.
  void forget(InstanceId id) {
    roster.remove(id);
    wake.run();
  }
}
