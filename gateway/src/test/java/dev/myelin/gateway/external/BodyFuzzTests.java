package dev.myelin.gateway.external;

import static org.assertj.core.api.Assertions.assertThat;

import dev.myelin.fuzz.Fuzzing;
import org.junit.jupiter.api.Test;

class BodyFuzzTests {

  @Test
  void bodyWhenHostileIsRefusedAndNothingElse() {
    assertThat(Fuzzing.run(BodyFuzz.class, BodyFuzz::fuzzerTestOneInput, 50_000)).isPositive();
  }
}
