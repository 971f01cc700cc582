package dev.myelin.orchestrator.kubernetes.pod;

import io.fabric8.kubernetes.api.model.ContainerStateWaiting;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodCondition;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Reads pods. Pure.
public final class Pods {

  private Pods() {}

  /// A condition of a pod, if it has it.
  ///
  /// @param pod which one
  /// @param type of the condition
  public static Optional<PodCondition> condition(Pod pod, String type) {
    var status = pod.getStatus();
    return status == null || status.getConditions() == null
        ? Optional.empty()
        : status.getConditions().stream().filter(each -> type.equals(each.getType())).findFirst();
  }

  /// Whether Services send anything to it.
  ///
  /// @param pod which one
  public static boolean ready(Pod pod) {
    return !leaving(pod)
        && condition(pod, "Ready").map(each -> "True".equals(each.getStatus())).orElse(false);
  }

  /// Whether it is being deleted, or has ended.
  ///
  /// @param pod which one
  public static boolean leaving(Pod pod) {
    return pod.getMetadata().getDeletionTimestamp() != null || ended(pod);
  }

  private static boolean ended(Pod pod) {
    var phase = pod.getStatus() == null ? null : pod.getStatus().getPhase();
    return "Succeeded".equals(phase) || "Failed".equals(phase);
  }

  /// For how long it has been ready; empty if it is not.
  ///
  /// @param pod which one
  /// @param now the date
  public static Optional<Duration> readyFor(Pod pod, Instant now) {
    return ready(pod)
        ? condition(pod, "Ready")
            .flatMap(each -> date(each.getLastTransitionTime()))
            .map(since -> Duration.between(since, now))
        : Optional.empty();
  }

  /// When it was created.
  ///
  /// @param pod which one
  public static Instant created(Pod pod) {
    return date(pod.getMetadata().getCreationTimestamp()).orElse(Instant.EPOCH);
  }

  private static Optional<Instant> date(@Nullable String text) {
    try {
      return text == null ? Optional.empty() : Optional.of(Instant.parse(text));
    } catch (DateTimeParseException _) {
      return Optional.empty();
    }
  }

  /// Why it does not come up, as far as that is known.
  ///
  /// @param reason as one word: `ImagePullBackOff`, `CrashLoopBackOff`, `Unschedulable`
  /// @param message for people
  public record Trouble(String reason, String message) {}

  /// What keeps a pod from starting, if anything does.
  ///
  /// @param pod which one
  public static Optional<Trouble> trouble(Pod pod) {
    return waiting(pod)
        .filter(state ->
            !"ContainerCreating".equals(state.getReason())
                && !"PodInitializing".equals(state.getReason()))
        .map(state -> trouble(pod, state.getReason(), state.getMessage()))
        .findFirst()
        .or(() ->
            condition(pod, "PodScheduled")
                .filter(each -> "False".equals(each.getStatus()))
                .map(each -> trouble(pod, each.getReason(), each.getMessage())));
  }

  private static Trouble trouble(Pod pod, @Nullable String reason, @Nullable String message) {
    return new Trouble(
        reason == null || reason.isBlank() ? "Waiting" : reason,
        "pod '%s': %s"
            .formatted(
                pod.getMetadata().getName(),
                message == null || message.isBlank() ? reason : message));
  }

  private static Stream<ContainerStateWaiting> waiting(Pod pod) {
    var status = pod.getStatus();
    if (status == null) {
      return Stream.empty();
    }
    return Stream.of(status.getInitContainerStatuses(), status.getContainerStatuses())
        .filter(Objects::nonNull)
        .flatMap(List<ContainerStatus>::stream)
        .filter(each -> each.getState() != null && each.getState().getWaiting() != null)
        .map(each -> each.getState().getWaiting());
  }
}
