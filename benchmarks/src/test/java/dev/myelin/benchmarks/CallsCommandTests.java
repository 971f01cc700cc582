package dev.myelin.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
final class CallsCommandTests {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream progress = new ByteArrayOutputStream();

  @Test
  void runMeasuresInTwoProcessesAndPrintsTheReport() throws Exception {
    var plan =
        CallsPlan.parse(
            List.of(
                "--variants=echo/virtual",
                "--pairs=1",
                "--warmup=0.1",
                "--seconds=0.2",
                "--callers=1,8",
                "--subject=echo"));

    var complete = new CallsCommand(plan, print(out), print(progress)).run();

    assertThat(complete).isTrue();
    assertThat(text(progress)).contains("round 1 of 1, echo/virtual:").contains("calls a second");
    assertThat(text(out))
        .contains("Machine: ")
        .contains("1 pairs of JVMs a row (-Xmx512m")
        .contains("seed 1")
        .containsPattern("\\| echo/virtual +\\| +[0-9,]+ \\([0-9,]+\\) \\|")
        .containsIgnoringWhitespaces("| 227.0 | 38.0 |")
        .contains("P5 bytes of a call both ways, echo/virtual <= 265: 265.0");
  }

  @Test
  void childWhenItFailsIsReportedWithItsLog() throws Exception {
    try (var child = ChildJvm.start(List.of("serve", "--row=carrier-pigeon"))) {
      assertThatIOException()
          .isThrownBy(() -> child.awaitLine(Duration.ofSeconds(30)))
          .withMessageContaining("'serve --row=carrier-pigeon' ended without an answer")
          .withMessageContaining("No variant is named 'carrier-pigeon'");
    }
  }

  private static PrintStream print(ByteArrayOutputStream bytes) {
    return new PrintStream(bytes, true, StandardCharsets.UTF_8);
  }

  private static String text(ByteArrayOutputStream bytes) {
    return bytes.toString(StandardCharsets.UTF_8);
  }
}
