package dev.myelin.autoconfigure;

import dev.myelin.wire.ApplicationDescription;
import dev.myelin.wire.Heartbeat;
import dev.myelin.wire.InstanceControl;
import java.time.Duration;
import org.springframework.beans.factory.ObjectProvider;

/// What the core services may ask of this process.
final class ProcessControl implements InstanceControl {

  private final ObjectProvider<ClusterProcess> process;

  ProcessControl(ObjectProvider<ClusterProcess> process) {
    this.process = process;
  }

  @Override
  public Heartbeat check() {
    return process.getObject().heartbeat();
  }

  @Override
  public void drain(Duration limit) {
    process.getObject().end("told to drain", limit);
  }

  @Override
  public ApplicationDescription describe() {
    return process.getObject().description();
  }
}
