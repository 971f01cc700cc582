package dev.myelin.orchestrator;

import dev.myelin.orchestrator.flag.FlagGate;
import dev.myelin.orchestrator.lease.LeaderLease;
import dev.myelin.orchestrator.reconcile.ReconcilerAssembly.Sharing;
import dev.myelin.orchestrator.retire.Certificates;
import dev.myelin.orchestrator.rollout.RolloutDesk;
import dev.myelin.orchestrator.state.Demands;
import dev.myelin.orchestrator.state.DescribedApplication;
import dev.myelin.orchestrator.state.FolderDecisions;
import dev.myelin.orchestrator.time.Time;
import dev.myelin.orchestrator.view.ApplicationViews;
import dev.myelin.orchestrator.view.ClusterViews;
import dev.myelin.wire.ApplicationDescription;
import dev.myelin.wire.ApplicationView;
import dev.myelin.wire.ClusterView;
import dev.myelin.wire.DrainReport;
import dev.myelin.wire.Flag;
import dev.myelin.wire.Orchestrator;
import dev.myelin.wire.RetirementView;
import dev.myelin.wire.RolloutAnswer;
import dev.myelin.wire.ScalingDecision;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/// What the orchestrator answers to others. Thread-safe; only [#rollOut] takes longer than a look
/// at the cluster's folder.
///
/// What is asked of the one that acts may be said to any: it leaves it in the folder, and reads
/// there what the acting one has written down.
final class ReconcilingOrchestrator implements Orchestrator {

  private final Sharing sharing;
  private final ClusterViews views;
  private final DescribedApplication application;
  private final Desks desks;
  private final FlagDesk flags;

  /// What is in the folder.
  ///
  /// @param rollouts versions of the application
  /// @param views what the folder tells of it
  /// @param certificates what became of the calls of those that left
  /// @param decisions changes of desired numbers
  /// @param demands services that are called and have no instance
  record Desks(
      RolloutDesk rollouts,
      ApplicationViews views,
      Certificates certificates,
      FolderDecisions decisions,
      Demands demands) {}

  /// Where flags are decided on.
  ///
  /// @param gate has the rules
  /// @param situation what the orchestrator sees at the moment
  /// @param lease which must be held
  /// @param time for the moment
  record FlagDesk(
      FlagGate gate, Supplier<FlagGate.Situation> situation, LeaderLease lease, Time time) {}

  ReconcilingOrchestrator(
      Sharing sharing,
      ClusterViews views,
      DescribedApplication application,
      Desks desks,
      FlagDesk flags) {
    this.sharing = sharing;
    this.views = views;
    this.application = application;
    this.desks = desks;
    this.flags = flags;
  }

  @Override
  public ClusterView cluster() {
    var view = views.view(services());
    return new ClusterView(view.services(), view.calls(), desks.views().failures());
  }

  private List<String> services() {
    var stored = desks.rollouts().services();
    return stored.isEmpty()
        ? application.known().map(ApplicationDescription::services).orElse(List.of()).stream()
            .map(ApplicationDescription.Service::name)
            .toList()
        : stored;
  }

  @Override
  public Flag.Answer flag(Flag flag) {
    if (flags.lease().epoch().isEmpty()) {
      return new Flag.Answer(false, "this orchestrator does not hold the lease");
    }
    if (sharing.roster().find(flag.id()).isEmpty()) {
      return new Flag.Answer(false, "it is not the orchestrator's to kill, or gone");
    }
    var answer = flags.gate().decide(flag, flags.situation().get(), flags.time().nanos());
    if (answer.taken()) {
      sharing.roster().flag(flag.id(), flag.reason());
      sharing.wakeup().wake();
    }
    return answer;
  }

  @Override
  public RolloutAnswer rollOut(String name, String jar) {
    return desks.rollouts().rollOut(name, Path.of(jar));
  }

  @Override
  public RolloutAnswer rollBack(String name, String reason) {
    return desks.rollouts().rollBack(name, reason);
  }

  @Override
  public Optional<ApplicationView> application() {
    return desks.views().application();
  }

  @Override
  public List<RetirementView> retirements() {
    return desks.certificates().all();
  }

  @Override
  public List<ScalingDecision> decisions() {
    return desks.decisions().view();
  }

  @Override
  public void demand(String service) {
    // names of the caller's own invention are not to fill the folder
    if (services().contains(service)) {
      desks.demands().add(service);
      sharing.wakeup().wake();
    }
  }

  @Override
  public void drained(DrainReport report) {
    desks.certificates().report(report);
  }
}
