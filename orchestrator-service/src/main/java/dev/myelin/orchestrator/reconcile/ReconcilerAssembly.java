package dev.myelin.orchestrator.reconcile;

import dev.myelin.orchestrator.reconcile.PeerSteps.Books;
import dev.myelin.orchestrator.reconcile.ProcessSteps.Starts;
import dev.myelin.orchestrator.retire.Certificates;
import dev.myelin.orchestrator.rollout.ApplicationVersion;
import dev.myelin.orchestrator.rollout.ErrorComparison;
import dev.myelin.orchestrator.rollout.RolloutStore;
import dev.myelin.orchestrator.rollout.Rollouts;
import dev.myelin.orchestrator.scale.DecisionLog;
import dev.myelin.orchestrator.scale.DesiredCounts;
import dev.myelin.orchestrator.scale.LoadSampling;
import dev.myelin.orchestrator.scale.ScalingWindows;
import dev.myelin.orchestrator.state.Demands;
import dev.myelin.orchestrator.state.InstanceIds;
import dev.myelin.orchestrator.state.SpawnRecords;
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

  /// Number of certificates of retirements that are kept.
  public static final int KEPT_CERTIFICATES = 200;

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
  /// @param application what the cluster is started with
  /// @param ending how it comes to its end
  public Reconciler assemble(ApplicationVersion application, Ending ending) {
    return new Reconciler(cycle(application), sharing.roster(), sharing.wakeup(), settings, ending);
  }

  private record Keeping(SpawnRecords records, Certificates certificates) {}

  Cycle cycle(ApplicationVersion application) {
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
    var starts =
        new Starts(
            new StartBackoff(ground.time(), settings.pace(), ground.folder()),
            new StartFailures(ground.folder()),
            new Rollouts(new RolloutStore(ground.folder()), application, ground.time()));
    var certificates = new Certificates(ground.folder(), ground.time(), KEPT_CERTIFICATES);
    var decisions =
        new Cycle.Decisions(
            new Planner(settings), autoscaling(starts.rollouts()), rolling(starts), settings);
    return new Cycle(
        ground.lease(),
        observation,
        decisions,
        execution(steps, new Keeping(records, certificates), starts),
        records);
  }

  private Rolling rolling(Starts starts) {
    var judgement =
        new Rolling.Judgement(
            new Replacement(settings.rollout().settle()),
            starts.failures(),
            new ErrorComparison(settings.rollout()),
            peers.readings(),
            settings.rollout());
    return new Rolling(starts.rollouts(), judgement, starts.backoff(), peers.membership()::watch);
  }

  private Autoscaling autoscaling(Rollouts rollouts) {
    return new Autoscaling(
        rollouts::services,
        new DesiredCounts(ground.time(), windows, sharing.decisions()),
        new LoadSampling(ground.time(), windows),
        peers.readings(),
        new Demands(ground.folder())::take,
        ground.time());
  }

  private Cycle.Execution execution(Steps steps, Keeping keeping, Starts starts) {
    var records = keeping.records();
    var certificates = keeping.certificates();
    var ids = new InstanceIds(RandomGenerator.getDefault(), this::used);
    var processes = new ProcessSteps(steps, ground.deployer(), records, ids, starts);
    var talks =
        new PeerSteps(
            steps,
            peers.pubSub(),
            peers.controls(),
            new Books(records, peers.ledger(), certificates));
    var events = new LifeEvents(steps, starts.backoff(), starts.failures(), ground.folder().logs());
    return new Cycle.Execution(
        new ActionRunner(steps.roster(), processes, talks, events),
        processes,
        events,
        starts.backoff(),
        new ChangeReporter(sharing.listeners(), ground.time()));
  }

  private boolean used(InstanceId id) {
    return sharing.roster().knows(id)
        || peers.membership().members().containsKey(id)
        || Files.exists(ground.folder().logs().resolve(id + ".log"));
  }
}
