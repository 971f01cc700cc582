package dev.myelin.orchestrator;

import dev.myelin.orchestrator.output.LogEcho;
import dev.myelin.orchestrator.reconcile.InstanceChange;
import dev.myelin.orchestrator.reconcile.InstanceChange.State;
import dev.myelin.orchestrator.reconcile.InstanceListener;
import dev.myelin.wire.InstanceId;
import java.util.HashSet;
import java.util.Set;

/// Shows what instances print, from their start, or from now on where they were found running.
final class EchoListener implements InstanceListener, AutoCloseable {

  private final LogEcho echo;
  private final Set<InstanceId> followed = new HashSet<>();

  EchoListener(LogEcho echo) {
    this.echo = echo;
  }

  @Override
  public void changed(InstanceChange change) {
    if (change.state() == State.ENDED) {
      followed.remove(change.id());
      echo.finish(change.id());
    } else if (followed.add(change.id())) {
      echo.follow(change.id(), change.state() == State.STARTING);
    }
  }

  @Override
  public void close() {
    echo.close();
  }
}
