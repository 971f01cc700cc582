package dev.myelin.benchmarks.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.api.Test;

final class SpreadTests {

  @Test
  void medianIsTheMiddleOneOrTheMeanOfTwo() {
    assertThat(Spread.ofLargeIsGood(List.of(9.0, 1.0, 5.0)).median()).isEqualTo(5.0);
    assertThat(Spread.ofLargeIsGood(List.of(9.0, 1.0, 5.0, 6.0)).median()).isEqualTo(5.5);
    assertThat(Spread.ofLargeIsGood(List.of(4.0)).median()).isEqualTo(4.0);
  }

  @Test
  void worstIsTheLeastOfALargeFigureAndTheLargestOfASmallOne() {
    assertThat(Spread.ofLargeIsGood(List.of(9.0, 1.0, 5.0)).worst()).isEqualTo(1.0);
    assertThat(Spread.ofSmallIsGood(List.of(9.0, 1.0, 5.0)).worst()).isEqualTo(9.0);
  }

  @Test
  void spreadOfNothingIsRefused() {
    assertThatIllegalArgumentException().isThrownBy(() -> Spread.ofSmallIsGood(List.of()));
  }
}
