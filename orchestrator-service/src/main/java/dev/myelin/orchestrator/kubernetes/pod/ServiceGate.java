package dev.myelin.orchestrator.kubernetes.pod;

import dev.myelin.orchestrator.kubernetes.desired.Names;
import dev.myelin.wire.InstanceState;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodCondition;
import io.fabric8.kubernetes.api.model.PodConditionBuilder;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Decides on the readiness gate of a pod, so that plain Services and whoever else goes by
/// readiness treat an instance as Myelin's own callers do. Pure.
///
/// An instance that nobody has anything against is in service: whether it has started is what its
/// readiness probe says. Where more than half of a service's instances are quarantined, quarantine
/// counts no more: it is more likely that a checker is wrong, and callers would use them, too.
public final class ServiceGate {

  private ServiceGate() {}

  /// What is to be said of a pod.
  ///
  /// @param inService whether it takes calls
  /// @param reason why, as one word
  /// @param message why, for people
  public record Verdict(boolean inService, String reason, String message) {}

  /// Judges a pod.
  ///
  /// @param state what membership says of its instance, if it is listed
  /// @param retiring whether it was chosen to leave
  /// @param distrust whether too many are quarantined to believe it
  public static Verdict judge(@Nullable InstanceState state, boolean retiring, boolean distrust) {
    if (retiring) {
      return new Verdict(false, "Retiring", "Chosen to leave, because fewer instances are needed");
    }
    if (state == InstanceState.DRAINING) {
      return new Verdict(false, "Draining", "Takes no new calls and finishes those in flight");
    }
    if (state == InstanceState.QUARANTINED && !distrust) {
      return new Verdict(false, "Quarantined", "Does not answer the stethoscope");
    }
    return new Verdict(true, "InService", "Nothing is known against it");
  }

  /// Whether so many are quarantined that it is not believed.
  ///
  /// @param quarantined how many are
  /// @param all how many there are
  public static boolean distrusted(long quarantined, long all) {
    return quarantined * 2 > all;
  }

  /// The condition to be written, unless the pod has it.
  ///
  /// @param pod which one
  /// @param verdict what is to be said of it
  /// @param now the date
  public static Optional<PodCondition> change(Pod pod, Verdict verdict, Instant now) {
    var status = verdict.inService() ? "True" : "False";
    var before = Pods.condition(pod, Names.IN_SERVICE);
    if (before
        .filter(it -> status.equals(it.getStatus()) && verdict.reason().equals(it.getReason()))
        .isPresent()) {
      return Optional.empty();
    }
    return Optional.of(
        new PodConditionBuilder()
            .withType(Names.IN_SERVICE)
            .withStatus(status)
            .withReason(verdict.reason())
            .withMessage(verdict.message())
            .withLastTransitionTime(now.truncatedTo(ChronoUnit.SECONDS).toString())
            .build());
  }
}
