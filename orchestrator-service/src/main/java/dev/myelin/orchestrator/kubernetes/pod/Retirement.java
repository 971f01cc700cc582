package dev.myelin.orchestrator.kubernetes.pod;

import io.fabric8.kubernetes.api.model.Pod;
import java.time.Duration;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.ToIntFunction;

/// Chooses which pods of one service leave, and says when the number of replicas may go down.
/// Confined to one thread.
///
/// Which pod a ReplicaSet deletes is its own decision; but on every version it takes one that is
/// not ready before one that is, and from Kubernetes 1.22 the one of the least deletion cost. So
/// those that are to leave are first taken out of service, and the number goes down when the API
/// shows them so. From then on each is deleted, hears SIGTERM, tells its callers, finishes its
/// calls and stops by itself. One that was spared all the same is taken back into service.
///
/// A StatefulSet deletes the highest ordinals, so those are chosen.
public final class Retirement {

  /// A kubelet that does not follow the gate is not waited for any longer.
  private static final Duration PATIENCE = Duration.ofSeconds(8);

  /// A pod that has not been deleted that long after the number went down is spared.
  private static final Duration SPARED = Duration.ofSeconds(20);

  private final Map<String, Long> chosenAt = new LinkedHashMap<>();

  /// Creates it; nobody is to leave.
  public Retirement() {}

  /// What is there.
  ///
  /// @param pods of the service
  /// @param ordered whether its pods leave in order of their ordinals
  /// @param inFlight calls of each pod
  /// @param now the ticker's reading
  public record Scene(List<Pod> pods, boolean ordered, ToIntFunction<Pod> inFlight, long now) {}

  /// Uids of those that are to leave.
  public Set<String> chosen() {
    return Set.copyOf(chosenAt.keySet());
  }

  /// Chooses as many as are too many.
  ///
  /// @param scene what is there
  /// @param excess how many are too many
  /// @return whether the number of replicas may go down now
  public boolean retire(Scene scene, int excess) {
    var there = scene.pods().stream().filter(pod -> !Pods.leaving(pod)).toList();
    keep(there);
    there.stream()
        .filter(pod -> !chosenAt.containsKey(uid(pod)))
        .sorted(order(scene))
        .limit(Math.max(0, excess - chosenAt.size()))
        .forEach(pod -> chosenAt.put(uid(pod), scene.now()));
    return there.stream()
        .filter(pod -> chosenAt.containsKey(uid(pod)))
        .allMatch(pod -> !Pods.ready(pod) || passed(scene.now(), uid(pod), PATIENCE));
  }

  /// Takes note that the number of replicas is as desired.
  ///
  /// @param scene what is there
  public void settle(Scene scene) {
    keep(scene.pods().stream().filter(pod -> !Pods.leaving(pod)).toList());
    chosenAt.keySet().removeIf(uid -> passed(scene.now(), uid, SPARED));
  }

  /// Nobody is to leave any more.
  public void cancel() {
    chosenAt.clear();
  }

  private void keep(Collection<Pod> there) {
    chosenAt.keySet().retainAll(there.stream().map(Retirement::uid).toList());
  }

  private boolean passed(long now, String uid, Duration limit) {
    return now - chosenAt.getOrDefault(uid, now) >= limit.toNanos();
  }

  private static Comparator<Pod> order(Scene scene) {
    if (scene.ordered()) {
      return Comparator.comparingInt(Retirement::ordinal).reversed();
    }
    return Comparator.comparing(Pods::ready)
        .thenComparingInt(scene.inFlight())
        .thenComparing(Comparator.comparing(Pods::created).reversed());
  }

  private static int ordinal(Pod pod) {
    var name = pod.getMetadata().getName();
    try {
      return Integer.parseInt(name.substring(name.lastIndexOf('-') + 1));
    } catch (NumberFormatException _) {
      return 0;
    }
  }

  private static String uid(Pod pod) {
    return pod.getMetadata().getUid();
  }
}
