package dev.myelin.orchestrator;

import dev.myelin.orchestrator.reconcile.Roster;
import dev.myelin.orchestrator.reconcile.Wakeup;
import dev.myelin.orchestrator.state.DescribedApplication;
import dev.myelin.orchestrator.view.ClusterViews;
import dev.myelin.wire.ApplicationDescription;
import dev.myelin.wire.ClusterView;
import dev.myelin.wire.InstanceId;
import dev.myelin.wire.Orchestrator;
import java.util.List;

/// What the orchestrator answers to others. Thread-safe; neither blocks nor calls.
final class ReconcilingOrchestrator implements Orchestrator {

  private final Roster roster;
  private final Wakeup wakeup;
  private final ClusterViews views;
  private final DescribedApplication application;

  ReconcilingOrchestrator(
      Roster roster, Wakeup wakeup, ClusterViews views, DescribedApplication application) {
    this.roster = roster;
    this.wakeup = wakeup;
    this.views = views;
    this.application = application;
  }

  @Override
  public ClusterView cluster() {
    return views.view(
        application.known().map(ApplicationDescription::services).orElse(List.of()).stream()
            .map(ApplicationDescription.Service::name)
            .toList());
  }

  @Override
  public void flag(InstanceId id, String reason) {
    roster.flag(id, reason);
    wakeup.wake();
  }
}
