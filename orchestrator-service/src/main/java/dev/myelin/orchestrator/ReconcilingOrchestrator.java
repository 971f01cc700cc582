package dev.myelin.orchestrator;

import dev.myelin.orchestrator.reconcile.ReconcilerAssembly.Sharing;
import dev.myelin.orchestrator.retire.Certificates;
import dev.myelin.orchestrator.rollout.RolloutDesk;
import dev.myelin.orchestrator.state.Demands;
import dev.myelin.orchestrator.state.DescribedApplication;
import dev.myelin.orchestrator.state.FolderDecisions;
import dev.myelin.orchestrator.view.ApplicationViews;
import dev.myelin.orchestrator.view.ClusterViews;
import dev.myelin.wire.ApplicationDescription;
import dev.myelin.wire.ApplicationView;
import dev.myelin.wire.ClusterView;
import dev.myelin.wire.DrainReport;
import dev.myelin.wire.InstanceId;
import dev.myelin.wire.Orchestrator;
import dev.myelin.wire.RetirementView;
import dev.myelin.wire.RolloutAnswer;
import dev.myelin.wire.ScalingDecision;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

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

  ReconcilingOrchestrator(
      Sharing sharing, ClusterViews views, DescribedApplication application, Desks desks) {
    this.sharing = sharing;
    this.views = views;
    this.application = application;
    this.desks = desks;
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
  public void flag(InstanceId id, String reason) {
    sharing.roster().flag(id, reason);
    sharing.wakeup().wake();
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
