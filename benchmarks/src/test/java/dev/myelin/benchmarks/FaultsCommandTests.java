package dev.myelin.benchmarks;

import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.PrintStream;
import java.util.List;
import org.junit.jupiter.api.Test;

final class FaultsCommandTests {

  private final FaultsCommand command =
      new FaultsCommand(
          new PrintStream(
              PrintStream.nullOutputStream(), false, java.nio.charset.StandardCharsets.UTF_8));

  @Test
  void goalThatIsNotThereIsRefusedWithThoseThatAre() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> command.run(List.of("--goals=F2")))
        .withMessageContaining("'F2'")
        .withMessageContaining("[E2, F1, F3, F4, F5, F7]");
  }
}
