package dev.myelin.orchestrator;

import dev.myelin.orchestrator.flag.FlagGate;
import dev.myelin.orchestrator.lease.LeaderLease;
import dev.myelin.orchestrator.reconcile.Roster;
import dev.myelin.orchestrator.reconcile.Wakeup;
import dev.myelin.orchestrator.state.DescribedApplication;
import dev.myelin.orchestrator.time.Time;
import dev.myelin.orchestrator.view.ClusterViews;
import dev.myelin.wire.ApplicationDescription;
import dev.myelin.wire.ClusterView;
import dev.myelin.wire.Flag;
import dev.myelin.wire.Orchestrator;
import java.util.List;
import java.util.function.Supplier;

/// What the orchestrator answers to others. Thread-safe; neither blocks nor calls.
final class ReconcilingOrchestrator implements Orchestrator {

  private final Roster roster;
  private final Wakeup wakeup;
  private final ClusterViews views;
  private final DescribedApplication application;
  private final FlagDesk desk;

  /// Where flags are decided on.
  ///
  /// @param gate has the rules
  /// @param situation what the orchestrator sees at the moment
  /// @param lease which must be held
  /// @param time for the moment
  record FlagDesk(
      FlagGate gate, Supplier<FlagGate.Situation> situation, LeaderLease lease, Time time) {}

  ReconcilingOrchestrator(
      Roster roster,
      Wakeup wakeup,
      ClusterViews views,
      DescribedApplication application,
      FlagDesk desk) {
    this.roster = roster;
    this.wakeup = wakeup;
    this.views = views;
    this.application = application;
    this.desk = desk;
  }

  @Override
  public ClusterView cluster() {
    return views.view(
        application.known().map(ApplicationDescription::services).orElse(List.of()).stream()
            .map(ApplicationDescription.Service::name)
            .toList());
  }

  @Override
  public Flag.Answer flag(Flag flag) {
    if (desk.lease().epoch().isEmpty()) {
      return new Flag.Answer(false, "this orchestrator does not hold the lease");
    }
    if (roster.find(flag.id()).isEmpty()) {
      return new Flag.Answer(false, "it is not the orchestrator's to kill, or gone");
    }
    var answer = desk.gate().decide(flag, desk.situation().get(), desk.time().nanos());
    if (answer.taken()) {
      roster.flag(flag.id(), flag.reason());
      wakeup.wake();
    }
    return answer;
  }
}
