package dev.myelin.pubsub.cluster;

import dev.myelin.pubsub.membership.Generation;
import dev.myelin.wire.InstanceId;
import java.util.Optional;

/// Held by the only pubsub there is.
public final class SoleWritership implements Writership {

  private final Generation generation;

  /// Creates one.
  ///
  /// @param lineage a name that no other pubsub ever had
  public SoleWritership(String lineage) {
    this.generation = new Generation(lineage, 1);
  }

  @Override
  public Optional<Generation> acquire() {
    return Optional.of(generation);
  }

  @Override
  public boolean intact() {
    return true;
  }

  @Override
  public Optional<InstanceId> holder() {
    return Optional.empty();
  }

  @Override
  public void release() {}
}
