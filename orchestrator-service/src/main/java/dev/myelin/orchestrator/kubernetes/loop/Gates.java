package dev.myelin.orchestrator.kubernetes.loop;

import dev.myelin.orchestrator.kubernetes.apply.Writes;
import dev.myelin.orchestrator.kubernetes.desired.Names;
import dev.myelin.orchestrator.kubernetes.pod.ServiceGate;
import dev.myelin.orchestrator.time.Time;
import dev.myelin.wire.InstanceId;
import dev.myelin.wire.InstanceState;
import dev.myelin.wire.Member;
import io.fabric8.kubernetes.api.model.Pod;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BooleanSupplier;

/// Keeps the readiness gates of pods. Confined to the loop's thread.
final class Gates {

  /// Below the 0 of every other pod.
  private static final int FIRST = -1_000;

  private final Writes writes;
  private final Jobs jobs;
  private final Time time;

  Gates(Writes writes, Jobs jobs, Time time) {
    this.writes = writes;
    this.jobs = jobs;
    this.time = time;
  }

  /// Writes the conditions that differ.
  ///
  /// @param pods of one service, leaving ones left out
  /// @param retiring uids of those that were chosen to leave
  /// @param acting whether this process may still act, asked before each write
  void update(
      List<Pod> pods,
      Set<String> retiring,
      Map<InstanceId, Member> members,
      BooleanSupplier acting) {
    long quarantined =
        pods.stream()
            .filter(pod ->
                Fleet.state(pod, members).filter(InstanceState.QUARANTINED::equals).isPresent())
            .count();
    boolean distrust = ServiceGate.distrusted(quarantined, pods.size());
    for (var pod : pods) {
      boolean leaves = retiring.contains(pod.getMetadata().getUid());
      var state = Fleet.state(pod, members).orElse(null);
      var verdict = ServiceGate.judge(state, leaves, distrust);
      ServiceGate.change(pod, verdict, time.now())
          .ifPresent(condition ->
              jobs.run(
                  "pod/" + pod.getMetadata().getUid(),
                  () -> {
                    if (acting.getAsBoolean()) {
                      mark(pod, leaves);
                      writes.condition(pod, condition);
                    }
                  },
                  _ -> {}));
    }
  }

  private void mark(Pod pod, boolean leaves) {
    var annotations = pod.getMetadata().getAnnotations();
    boolean marked = annotations != null && annotations.containsKey(Names.DELETION_COST);
    if (leaves && !marked) {
      writes.deletionCost(pod, FIRST);
    } else if (!leaves && marked) {
      writes.deletionCost(pod, 0);
    }
  }
}
