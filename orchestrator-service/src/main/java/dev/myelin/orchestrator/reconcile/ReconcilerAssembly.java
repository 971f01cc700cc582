package dev.myelin.orchestrator.reconcile;

import dev.myelin.orchestrator.scale.DecisionLog;
import dev.myelin.orchestrator.scale.DesiredCounts;
import dev.myelin.orchestrator.scale.ScalingWindows;
import dev.myelin.orchestrator.state.InstanceIds;
import dev.myelin.orchestrator.state.SpawnRecords;
import dev.myelin.wire.ApplicationDescription;
import dev.myelin.wire.InstanceId;
import java.nio.file.Files;
import java.util.List;
import java.util.random.RandomGenerator;

/// Puts a [Reconciler] together.
///
/// @param ground what it stands on
/// @param peers whom it speaks and listens to
/// @param sharing what it shares with the rest of the orchestrator
/// @param settings limits to keep
/// @param windows over what times load is judged
public record ReconcilerAssembly(
    Ground ground,
    Peers peers,
    Sharing sharing,
    ReconcileSettings settings,
    ScalingWindows windows) {

  /// What a reconciler shares with the rest of the orchestrator.
  ///
  /// @param roster its instances
  /// @param wakeup makes it look
  /// @param decisions where changes of desired numbers are recorded
  /// @param listeners who is told of changes of state
  public record Sharing(
      Roster roster, Wakeup wakeup, DecisionLog decisions, List<InstanceListener> listeners) {

    /// Copies the listeners.
    public Sharing {
      listeners = List.copyOf(listeners);
    }
  }

  /// A reconciler for an application, not started.
  ///
  /// @param application its services and their limits
  /// @param ending how it comes to its end
  public Reconciler assemble(ApplicationDescription application, Ending ending) {
    return new Reconciler(cycle(application), sharing.roster(), sharing.wakeup(), settings, ending);
  }

  Cycle cycle(ApplicationDescription application) {
    var roster = sharing.roster();
    var steps =
        new Steps(roster, ground.lease(), ground.executor(), ground.time(), sharing.wakeup()::wake);
    var observation =
        new Observation(
            new Observation.Whose(ground.self(), settings.counts().cores() > 0),
            roster,
            ground.deployer(),
            peers.membership(),
            peers.readings(),
            ground.time());
    var records = new SpawnRecords(ground.folder());
    var decisions = new Cycle.Decisions(new Planner(settings), autoscaling(application), settings);
    return new Cycle(ground.lease(), observation, decisions, execution(steps, records), records);
  }

  private Autoscaling autoscaling(ApplicationDescription application) {
    return new Autoscaling(
        application,
        new DesiredCounts(ground.time(), windows, sharing.decisions()),
        new LoadSampling(ground.time(), windows),
        peers.readings(),
        ground.time());
  }

  private Cycle.Execution execution(Steps steps, SpawnRecords records) {
    var backoff = new StartBackoff(ground.time(), settings.pace());
    var ids = new InstanceIds(RandomGenerator.getDefault(), this::used);
    var processes = new ProcessSteps(steps, ground.deployer(), records, ids, backoff);
    var talks = new PeerSteps(steps, peers.pubSub(), peers.controls(), records, peers.ledger());
    var events = new LifeEvents(steps, backoff, ground.folder().logs());
    return new Cycle.Execution(
        new ActionRunner(steps.roster(), processes, talks, events),
        processes,
        events,
        backoff,
        new ChangeReporter(sharing.listeners(), ground.time()));
  }

  private boolean used(InstanceId id) {
    return sharing.roster().knows(id)
        || peers.membership().members().containsKey(id)
        || Files.exists(ground.folder().logs().resolve(id + ".log"));
  }
}
