package dev.myelin.orchestrator.reconcile;

import dev.myelin.orchestrator.lease.LeaderLease;
import dev.myelin.orchestrator.reconcile.Picture.Demand;
import dev.myelin.orchestrator.reconcile.Picture.Stop;
import dev.myelin.orchestrator.state.SpawnRecord;
import dev.myelin.orchestrator.state.SpawnRecords;
import dev.myelin.wire.ServiceNames;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One round of the loop: observe, decide, act, tell. Confined to the loop's thread.
final class Cycle {

  private static final Logger log = LoggerFactory.getLogger(Cycle.class);

  private final LeaderLease lease;
  private final Observation observation;
  private final Decisions decisions;
  private final Execution execution;
  private final SpawnRecords records;
  private OptionalLong acting = OptionalLong.empty();
  private @Nullable Stop stop;
  private boolean full;

  /// How things stand after a round.
  enum Round {
    /// Another orchestrator acts.
    WATCHING,
    /// There is something that could be ended.
    ACTING,
    /// There is nothing left that could be ended.
    EMPTY
  }

  /// What decides.
  ///
  /// @param planner from a picture to actions
  /// @param autoscaling how many instances there should be
  /// @param rolling which version they should run
  /// @param settings limits to keep
  record Decisions(
      Planner planner, Autoscaling autoscaling, Rolling rolling, ReconcileSettings settings) {}

  /// What acts and tells.
  ///
  /// @param runner carries out actions
  /// @param processes finds processes again
  /// @param events notes what happened
  /// @param backoff which services have to wait
  /// @param reporter tells listeners
  record Execution(
      ActionRunner runner,
      ProcessSteps processes,
      LifeEvents events,
      StartBackoff backoff,
      ChangeReporter reporter) {}

  Cycle(
      LeaderLease lease,
      Observation observation,
      Decisions decisions,
      Execution execution,
      SpawnRecords records) {
    this.lease = lease;
    this.observation = observation;
    this.decisions = decisions;
    this.execution = execution;
    this.records = records;
  }

  /// Does one round.
  ///
  /// @param stopping whether everything is to end
  /// @return how things stand
  Round run(boolean stopping) {
    var epoch = lease.epoch();
    if (!epoch.equals(acting)) {
      change(epoch);
    }
    if (epoch.isEmpty()) {
      return Round.WATCHING;
    }
    if (stopping && stop == null) {
      stop = beginStop(decisions.settings().retirement().stop());
    }
    var picture = picture();
    if (stop == null) {
      decisions.rolling().update(picture);
      decisions.autoscaling().update(picture);
      execution.events().steady(observation.roster().all(), observation.time());
      picture = picture();
    }
    for (var action : decisions.planner().plan(picture)) {
      execution.runner().run(epoch.getAsLong(), action, stop != null);
    }
    if (decisions.rolling().rollouts().phase() != null) {
      decisions.rolling().rollouts().held(decisions.planner().held(picture).orElse(null));
    }
    sayWhenFull(picture);
    execution.reporter().report(observation.roster().all(), observation.membership().members());
    boolean empty = observation.roster().all().isEmpty();
    if (empty && stop != null) {
      decisions.rolling().rollouts().end();
    }
    return empty ? Round.EMPTY : Round.ACTING;
  }

  private Picture picture() {
    var demand =
        new Demand(decisions.autoscaling().counts(), decisions.rolling().rollouts().versions());
    return observation.picture(demand, execution.backoff().waiting(), stop);
  }

  private Stop beginStop(Duration limit) {
    long now = observation.time().nanos();
    return new Stop(
        now + limit.toNanos() / 2, now + limit.toNanos() / 4 * 3, now + limit.toNanos());
  }

  private void change(OptionalLong epoch) {
    // Whatever was under way belongs to the old epoch; its results find no entry to go to
    observation.roster().clear();
    execution.reporter().forget();
    acting = epoch;
    stop = null;
    if (epoch.isEmpty()) {
      log.warn("The lease is lost: this orchestrator acts no more until it holds it again");
      return;
    }
    var found = mine(records.load());
    found.forEach(execution.processes()::recover);
    boolean living =
        observation.roster().all().stream()
            .filter(entry -> !entry.service().equals(ServiceNames.CORE))
            .anyMatch(entry -> !(entry.stage() instanceof Stage.Ended));
    decisions.rolling().begin(epoch.getAsLong(), living);
    decisions.autoscaling().begin(Replacement.settled(picture()), decisions.settings().counts());
    log.info("orchestrator=acting epoch={} found={}", epoch.getAsLong(), found.size());
  }

  // This process may have been spawned by the orchestrator before
  private List<SpawnRecord> mine(List<SpawnRecord> all) {
    return all.stream().filter(found -> observation.whose().covers(found)).toList();
  }

  private void sayWhenFull(Picture picture) {
    int most = decisions.settings().counts().most();
    long wanted = picture.desired().values().stream().mapToInt(Integer::intValue).sum();
    boolean now = stop == null && wanted > most;
    if (now && !full) {
      log.warn("{} processes are desired, but myelin.core.processes.most allows {}", wanted, most);
    }
    full = now;
  }
}
