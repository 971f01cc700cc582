package dev.myelin.benchmarks;

import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

final class HealthCommandTests {

  private final HealthCommand command =
      new HealthCommand(
          new PrintStream(PrintStream.nullOutputStream(), false, StandardCharsets.UTF_8));

  @Test
  void goalThatIsNotThereIsRefusedWithThoseThatAre() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> command.run(List.of("--goals=C1")))
        .withMessageContaining("'C1'")
        .withMessageContaining("[A1, A4, A5, A6, A7, A8, A9, B2, B1]");
  }
}
