package dev.myelin.orchestrator;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.Status;

final class ApiHealthIndicatorTests {

  private static Health health(Optional<String> outage, List<String> unwatched) {
    return new ApiHealthIndicator(() -> outage, () -> unwatched).health();
  }

  @Test
  void isUpWhileTheApiTakesWritesAndEverythingIsWatched() {
    assertThat(health(Optional.empty(), List.of())).isEqualTo(Health.up().build());
  }

  @Test
  void isDownWhileItTakesNoWritesAndSaysWhy() {
    var health = health(Optional.of("For 70 s: away"), List.of("Pod"));

    assertThat(health.getStatus()).isEqualTo(Status.DOWN);
    assertThat(health.getDetails())
        .containsEntry("writes", "For 70 s: away")
        .containsEntry("unwatched", List.of("Pod"));
  }

  @Test
  void isUnknownWhileSomethingIsNotWatched() {
    var health = health(Optional.empty(), List.of("Pod"));

    assertThat(health.getStatus()).isEqualTo(Status.UNKNOWN);
    assertThat(health.getDetails()).containsOnlyKeys("unwatched");
  }
}
