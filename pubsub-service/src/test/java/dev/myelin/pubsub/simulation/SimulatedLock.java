package dev.myelin.pubsub.simulation;

import dev.myelin.pubsub.cluster.Writership;
import dev.myelin.pubsub.membership.Generation;
import dev.myelin.wire.InstanceId;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The operating system's lock and the file beside it, of all processes.
final class SimulatedLock {

  private @Nullable InstanceId holder;
  private @Nullable InstanceId last;
  private long term;

  Writership of(InstanceId process) {
    return new Writership() {
      @Override
      public Optional<Generation> acquire() {
        if (holder != null && !holder.equals(process)) {
          return Optional.empty();
        }
        holder = process;
        last = process;
        return Optional.of(new Generation("cluster", ++term));
      }

      @Override
      public boolean intact() {
        return process.equals(holder);
      }

      @Override
      public Optional<InstanceId> holder() {
        return Optional.ofNullable(last);
      }

      @Override
      public void release() {
        free(process);
      }
    };
  }

  boolean heldBy(InstanceId process) {
    return process.equals(holder);
  }

  void free(InstanceId process) {
    if (process.equals(holder)) {
      holder = null;
    }
  }
}
