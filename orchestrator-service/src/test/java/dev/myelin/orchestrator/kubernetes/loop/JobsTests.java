package dev.myelin.orchestrator.kubernetes.loop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.myelin.orchestrator.kubernetes.apply.WriteFailed;
import dev.myelin.orchestrator.kubernetes.apply.WriteFailed.Why;
import dev.myelin.orchestrator.time.ManualTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class JobsTests {

  private final ManualTime clock = new ManualTime();
  private final Jobs jobs = new Jobs(Runnable::run, clock.time(), () -> {});
  private final List<String> attempts = new ArrayList<>();
  private @Nullable WriteFailed failure;

  /// Every service wants to write, four times a second.
  private void run(Duration duration, String... keys) {
    var end = clock.elapsed().plus(duration);
    while (clock.elapsed().compareTo(end) < 0) {
      for (var key : keys) {
        jobs.run(key, () -> attempt(key), _ -> {});
      }
      clock.advance(Duration.ofMillis(250));
    }
  }

  private void attempt(String key) {
    attempts.add(key);
    if (failure != null) {
      throw failure;
    }
  }

  private static WriteFailed failed(Why why) {
    return new WriteFailed(why, "Cannot write: away", null);
  }

  @Test
  void oneAtATimeTriesWhileTheApiIsAwayAndAllGoWhenItIsBack() {
    failure = failed(Why.UNAVAILABLE);

    run(Duration.ofMinutes(5), "a", "b", "c", "d");

    assertThat(attempts).as("attempts of all in five minutes").hasSizeBetween(20, 30);
    assertThat(jobs.outage()).hasValue("For 300 s the API has taken no writes: Cannot write: away");

    attempts.clear();
    failure = null;
    run(Duration.ofSeconds(16), "a");
    run(Duration.ofMillis(250), "b", "c", "d");

    assertThat(attempts).contains("a", "b", "c", "d");
    assertThat(jobs.outage()).isEmpty();
  }

  @Test
  void pauseThatTheApiAsksForIsKept() {
    failure = new WriteFailed(Why.UNAVAILABLE, "Too many", null, Duration.ofSeconds(30));
    run(Duration.ofSeconds(29), "a", "b");
    assertThat(attempts).containsExactly("a");

    run(Duration.ofSeconds(2), "a", "b");

    assertThat(attempts).hasSize(2);
  }

  @Test
  void failureOfOneIsNotThatOfOthers() {
    failure = failed(Why.FAILED);
    run(Duration.ofSeconds(1), "a");
    failure = null;

    run(Duration.ofMillis(250), "b");

    assertThat(attempts).containsExactly("a", "b");
    assertThat(jobs.outage()).isEmpty();
  }

  @Test
  void whoIsOvertakenAgainAndAgainWaitsLonger() {
    failure = failed(Why.OVERTAKEN);

    run(Duration.ofMinutes(5), "a");

    assertThat(attempts).as("attempts in five minutes").hasSizeLessThan(20);
  }
}
