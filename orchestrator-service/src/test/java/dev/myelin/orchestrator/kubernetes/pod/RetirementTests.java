package dev.myelin.orchestrator.kubernetes.pod;

import static org.assertj.core.api.Assertions.assertThat;

import dev.myelin.orchestrator.kubernetes.pod.Retirement.Scene;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class RetirementTests {

  private final Retirement retirement = new Retirement();
  private long now = Long.MAX_VALUE - 1_000;
  private Map<String, Integer> inFlight = Map.of();

  private static Pod pod(String name, int age, boolean ready) {
    return new PodBuilder()
        .withNewMetadata()
        .withName(name)
        .withUid(name)
        .withCreationTimestamp("2026-11-23T00:%02d:00Z".formatted(59 - age))
        .endMetadata()
        .withNewStatus()
        .addNewCondition()
        .withType("Ready")
        .withStatus(ready ? "True" : "False")
        .endCondition()
        .endStatus()
        .build();
  }

  private static Pod deleted(String name) {
    return new PodBuilder(pod(name, 1, true))
        .editMetadata()
        .withDeletionTimestamp("2026-11-23T01:00:00Z")
        .endMetadata()
        .build();
  }

  private Scene scene(Pod... pods) {
    return scene(false, pods);
  }

  private Scene scene(boolean ordered, Pod... pods) {
    return new Scene(
        Arrays.asList(pods),
        ordered,
        pod -> inFlight.getOrDefault(pod.getMetadata().getName(), 0),
        now);
  }

  @Test
  void leastBusyIsChosenThenTheYoungest() {
    inFlight = Map.of("a", 3, "b", 1, "c", 1);

    boolean now =
        retirement.retire(scene(pod("a", 1, true), pod("b", 5, true), pod("c", 2, true)), 1);

    assertThat(retirement.chosen()).containsExactly("c");
    assertThat(now).as("it still takes calls").isFalse();
  }

  @Test
  void onesThatAreNotReadyGoFirst() {
    inFlight = Map.of("b", 9);

    boolean now = retirement.retire(scene(pod("a", 1, true), pod("b", 5, false)), 1);

    assertThat(retirement.chosen()).containsExactly("b");
    assertThat(now).isTrue();
  }

  @Test
  void numberGoesDownWhenTheChosenOneIsOutOfService() {
    retirement.retire(scene(pod("a", 1, true), pod("b", 5, true)), 1);

    assertThat(retirement.retire(scene(pod("a", 1, false), pod("b", 5, true)), 1)).isTrue();
    assertThat(retirement.chosen()).containsExactly("a");
  }

  @Test
  void kubeletThatDoesNotFollowIsNotWaitedForForEver() {
    retirement.retire(scene(pod("a", 1, true), pod("b", 5, true)), 1);
    now += Duration.ofSeconds(9).toNanos();

    assertThat(retirement.retire(scene(pod("a", 1, true), pod("b", 5, true)), 1)).isTrue();
  }

  @Test
  void highestOrdinalsAreChosenInAStatefulSet() {
    inFlight = Map.of("s-10", 9);

    retirement.retire(
        scene(true, pod("s-9", 1, true), pod("s-10", 9, true), pod("s-2", 1, true)), 2);

    assertThat(retirement.chosen()).containsExactlyInAnyOrder("s-10", "s-9");
  }

  @Test
  void deletedOnesAreForgotten() {
    retirement.retire(scene(pod("a", 1, true), pod("b", 5, true)), 1);

    retirement.settle(scene(deleted("a"), pod("b", 5, true)));

    assertThat(retirement.chosen()).isEmpty();
  }

  @Test
  void sparedOneIsTakenBackAfterAWhile() {
    retirement.retire(scene(pod("a", 1, true), pod("b", 5, true)), 1);
    now += Duration.ofSeconds(19).toNanos();
    retirement.settle(scene(pod("a", 1, false)));
    assertThat(retirement.chosen()).containsExactly("a");

    now += Duration.ofSeconds(1).toNanos();
    retirement.settle(scene(pod("a", 1, false)));

    assertThat(retirement.chosen()).isEmpty();
  }

  @Test
  void nobodyLeavesWhenMoreAreNeededAgain() {
    retirement.retire(scene(pod("a", 1, true), pod("b", 5, true)), 1);

    retirement.cancel();

    assertThat(retirement.chosen()).isEmpty();
  }
}
