package dev.myelin.orchestrator;

import dev.myelin.orchestrator.output.LogRetention;
import dev.myelin.orchestrator.reconcile.InstanceChange;
import dev.myelin.orchestrator.reconcile.InstanceChange.State;
import dev.myelin.orchestrator.reconcile.InstanceListener;
import dev.myelin.orchestrator.reconcile.Roster;
import dev.myelin.orchestrator.reconcile.Tracked;
import java.util.stream.Collectors;

/// Deletes old logs whenever an instance has ended.
final class RetentionListener implements InstanceListener {

  private final LogRetention retention;
  private final Roster roster;

  RetentionListener(LogRetention retention, Roster roster) {
    this.retention = retention;
    this.roster = roster;
  }

  @Override
  public void changed(InstanceChange change) {
    if (change.state() == State.ENDED) {
      retention.prune(
          roster.all().stream().map(Tracked::id).collect(Collectors.toUnmodifiableSet()));
    }
  }
}
