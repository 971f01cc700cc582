package dev.myelin.orchestrator.reconcile;

import dev.myelin.orchestrator.observe.ReadingsWatch;
import dev.myelin.orchestrator.reconcile.Picture.Seen;
import dev.myelin.orchestrator.rollout.ErrorComparison;
import dev.myelin.orchestrator.rollout.ErrorComparison.Said;
import dev.myelin.orchestrator.rollout.RolloutEvent;
import dev.myelin.orchestrator.rollout.RolloutSettings;
import dev.myelin.orchestrator.rollout.Rollouts;
import dev.myelin.wire.ApplicationDescription.Service;
import dev.myelin.wire.ApplicationView.Phase;
import dev.myelin.wire.Heartbeat;
import dev.myelin.wire.ServiceNames;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Takes a rollout on by what is seen. Confined to the loop's thread.
final class Rolling {

  private final Rollouts rollouts;
  private final Judgement judgement;
  private final StartBackoff backoff;
  private final Consumer<Set<String>> watch;

  /// What a new version is judged by.
  ///
  /// @param replacement tells when nothing is left to be replaced
  /// @param failures failed starts
  /// @param errors compares the versions
  /// @param readings what instances say of their calls
  /// @param settings the bounds
  record Judgement(
      Replacement replacement,
      StartFailures failures,
      ErrorComparison errors,
      ReadingsWatch readings,
      RolloutSettings settings) {}

  /// Creates it.
  ///
  /// @param watch is told services whose members matter from now on
  Rolling(
      Rollouts rollouts, Judgement judgement, StartBackoff backoff, Consumer<Set<String>> watch) {
    this.rollouts = rollouts;
    this.judgement = judgement;
    this.backoff = backoff;
    this.watch = watch;
  }

  /// The versions.
  Rollouts rollouts() {
    return rollouts;
  }

  /// Begins to act.
  void begin(long epoch, boolean living) {
    rollouts.begin(epoch, living);
    judgement.errors().clear();
    judgement.failures().begin(epoch, living);
    backoff.begin(epoch, living);
    watchServices();
  }

  private void restart() {
    judgement.errors().clear();
    judgement.failures().restart();
    backoff.restart();
    watchServices();
  }

  private void watchServices() {
    watch.accept(
        rollouts.services().stream().map(Service::name).collect(Collectors.toUnmodifiableSet()));
  }

  /// Takes up what is wanted, and judges what is under way.
  void update(Picture picture) {
    if (rollouts.takeUp()) {
      if (rollouts.phase() == Phase.ROLLING) {
        judgement.failures().forget();
      }
      restart();
      return; // the picture is one of before
    }
    var phase = rollouts.phase();
    if (phase == null) {
      return;
    }
    if (phase == Phase.ROLLING) {
      var event = objection(picture);
      if (event.isPresent() && rollouts.happened(event.get())) {
        restart();
        return;
      }
    }
    if (judgement.replacement().finished(picture)) {
      rollouts.happened(new RolloutEvent.Replaced());
    }
  }

  private Optional<RolloutEvent> objection(Picture picture) {
    var failed = judgement.failures().tooMany(rollouts.wanted(), judgement.settings().attempts());
    var errors = judgement.errors().note(said(picture));
    return failed
        .<RolloutEvent>map(RolloutEvent.StartsFailed::new)
        .or(() -> errors.map(RolloutEvent.ErrorsExceeded::new));
  }

  private List<Said> said(Picture picture) {
    return picture.seen().stream()
        .filter(seen -> !seen.tracked().identity().version().isEmpty())
        .flatMap(seen -> said(picture, seen))
        .toList();
  }

  private Stream<Said> said(Picture picture, Seen seen) {
    var tracked = seen.tracked();
    boolean wanted = !Replacement.outdated(picture, seen);
    var reading = judgement.readings().latest().byId().get(tracked.id());
    Heartbeat heartbeat = reading == null ? null : reading.heartbeat();
    if (heartbeat == null) {
      return Stream.empty();
    }
    if (tracked.service().equals(ServiceNames.FRONT)) {
      // nobody calls a front: what it shows is how its own calls end
      var made = heartbeat.made();
      return Stream.of(
          new Said(tracked.id(), tracked.service(), wanted, made.made(), made.failed()));
    }
    return heartbeat.served().stream()
        .filter(load -> load.service().equals(tracked.service()))
        .map(
            load -> new Said(tracked.id(), tracked.service(), wanted, load.calls(), load.errors()));
  }
}
