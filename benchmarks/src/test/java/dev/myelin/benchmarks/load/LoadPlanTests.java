package dev.myelin.benchmarks.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class LoadPlanTests {
  private static final Duration SECOND = Duration.ofSeconds(1);

  @ParameterizedTest
  @CsvSource({"-1,1000,1", "0,0,1", "0,-5,1", "0,1000,0", "0,1000,-3"})
  void planWhenAValueIsOutOfRangeIsRefused(long warmUp, long phase, int callers) {
    assertThatIllegalArgumentException()
        .isThrownBy(() ->
            new LoadPlan(Duration.ofMillis(warmUp), Duration.ofMillis(phase), List.of(callers), 1));
  }

  @Test
  void planWithoutCallersIsRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new LoadPlan(SECOND, SECOND, List.of(), 1))
        .withMessageContaining("[]");
  }

  @Test
  void planWithoutWarmUpIsFine() {
    assertThat(new LoadPlan(Duration.ZERO, SECOND, List.of(1), 1).warmUp()).isZero();
  }
}
