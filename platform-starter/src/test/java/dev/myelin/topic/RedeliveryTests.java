package dev.myelin.topic;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.convert.DurationStyle;

final class RedeliveryTests {

  private static final Redelivery REDELIVERY =
      new Redelivery(10, Duration.ofMillis(500), Duration.ofMinutes(1));

  @ParameterizedTest
  @CsvSource({
    "1, 500ms",
    "2, 1s",
    "3, 2s",
    "7, 32s",
    "8, 60s",
    "31, 60s",
    "32, 60s",
    "2147483647, 60s"
  })
  void backoffDoublesUpToItsLimit(int attempt, String backoff) {
    assertThat(REDELIVERY.after(attempt)).isEqualTo(DurationStyle.detectAndParse(backoff));
  }

  @Test
  void backoffIsShortenedByAtMostAHalf() {
    for (int draws = 0; draws < 1_000; draws++) {
      assertThat(REDELIVERY.drawn(2)).isBetween(Duration.ofMillis(500), Duration.ofSeconds(1));
    }
  }

  @Test
  void backoffOfANanosecondIsTaken() {
    var brisk = new Redelivery(10, Duration.ofNanos(1), Duration.ofNanos(1));

    assertThat(brisk.drawn(1)).isBetween(Duration.ZERO, Duration.ofNanos(1));
  }
}
