package dev.myelin.stethoscope.sim;

import dev.myelin.membership.LoadSource;
import dev.myelin.membership.Members;
import dev.myelin.membership.Pulse;
import dev.myelin.membership.Rendezvous;
import dev.myelin.membership.StethoscopeLine;
import dev.myelin.wire.CallTotals;
import dev.myelin.wire.Heartbeat;
import dev.myelin.wire.Instance;
import dev.myelin.wire.InstanceId;
import dev.myelin.wire.ServiceLoad;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/// An instance that beats.
final class SimInstance {

  private static final Duration BEAT_TIMEOUT = Duration.ofMillis(900);

  final Instance instance;
  final SimProcess process;
  final Set<InstanceId> suspected = new HashSet<>();
  final Pulse pulse;

  /// Beats, but takes no call any more.
  boolean mute;

  /// Number of the last heartbeat that a rival was sent too.
  long beatToRival;

  private Rendezvous seen = new Rendezvous(List.of());
  private List<InstanceId> ranked = List.of();

  SimInstance(String id, SimCluster cluster) {
    instance = Members.instance(id, "a");
    process = new SimProcess(instance.id(), cluster.time);
    var line =
        new StethoscopeLine() {
          @Override
          public List<InstanceId> ranked() {
            return ranked;
          }

          @Override
          public CompletableFuture<?> beat(InstanceId stethoscope, Heartbeat heartbeat) {
            return cluster.beat(SimInstance.this, stethoscope, heartbeat, BEAT_TIMEOUT);
          }
        };
    var load =
        new LoadSource() {
          @Override
          public List<ServiceLoad> served() {
            return List.of();
          }

          @Override
          public CallTotals made() {
            return CallTotals.NONE;
          }

          @Override
          public List<InstanceId> suspected() {
            return suspected.isEmpty() ? List.of() : suspected.stream().sorted().toList();
          }
        };
    pulse = new Pulse(instance.id(), cluster.parts.line(line), load, process);
  }

  /// Learns of the stethoscopes there are.
  void see(Rendezvous stethoscopes) {
    if (!seen.equals(stethoscopes)) {
      seen = stethoscopes;
      ranked = stethoscopes.ranked(instance.id());
    }
  }

  /// Whether it serves callers.
  boolean well() {
    return !process.gone() && !process.hung() && !mute;
  }
}
