package dev.myelin.benchmarks;

import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

final class TrialsTests {

  private final PrintStream nowhere =
      new PrintStream(PrintStream.nullOutputStream(), false, StandardCharsets.UTF_8);

  @Test
  void goalThatIsNotThereIsRefusedWithThoseThatAre() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Trials.faults().run(List.of("--goals=F2"), nowhere))
        .withMessageContaining("'F2'")
        .withMessageContaining("[E2, F1, F3, F4, F5, F7]");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Trials.rollout().run(List.of("--goals=F2"), nowhere))
        .withMessageContaining("[E1, E3]");
  }

  @Test
  void optionOfAnotherCommandIsRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Trials.faults().run(List.of("--rolls=2"), nowhere))
        .withMessageContaining("'--rolls=2'");
  }

  @Test
  void numberBelowItsLimitIsRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Trials.endurance().run(List.of("--cores=0"), nowhere))
        .withMessage("The option '--cores' is 0, expected at least 1.");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Trials.endurance().run(List.of("--rolls=-1"), nowhere))
        .withMessage("The option '--rolls' is -1, expected at least 0.");
  }
}
