package dev.myelin.membership;

import dev.myelin.wire.Heartbeat;
import dev.myelin.wire.InstanceId;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/// How one process reaches the stethoscopes. Used by one thread.
public interface StethoscopeLine {

  /// The stethoscopes there are, the one that watches this process first, then those that would if
  /// the ones before were gone.
  List<InstanceId> ranked();

  /// Brings a heartbeat to one of them. May block for as long as the call takes.
  ///
  /// @param stethoscope which one
  /// @param heartbeat what to bring
  /// @return completes when the stethoscope has it; fails if it does not answer in time
  CompletableFuture<?> beat(InstanceId stethoscope, Heartbeat heartbeat);
}
