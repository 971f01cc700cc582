package dev.myelin.stethoscope.sim;

import dev.myelin.stethoscope.vitals.Measures;
import dev.myelin.wire.Flag;
import dev.myelin.wire.Heartbeat;
import dev.myelin.wire.Instance;
import dev.myelin.wire.InstanceId;
import dev.myelin.wire.Opinion;
import java.util.concurrent.CompletableFuture;

/// Measures in front of the right ones, for a double to get one of them wrong.
class DoubledMeasures implements Measures {

  private final Measures right;

  DoubledMeasures(Measures right) {
    this.right = right;
  }

  @Override
  public CompletableFuture<Heartbeat> ask(Instance instance) {
    return right.ask(instance);
  }

  @Override
  public CompletableFuture<Opinion> consult(Instance second, Instance instance) {
    return right.consult(second, instance);
  }

  @Override
  public CompletableFuture<Boolean> probe(Instance colleague) {
    return right.probe(colleague);
  }

  @Override
  public void quarantine(InstanceId id, String reason) {
    right.quarantine(id, reason);
  }

  @Override
  public void release(InstanceId id, String reason) {
    right.release(id, reason);
  }

  @Override
  public CompletableFuture<Flag.Answer> flag(Flag flag) {
    return right.flag(flag);
  }

  @Override
  public void forget(InstanceId id) {
    right.forget(id);
  }
}
