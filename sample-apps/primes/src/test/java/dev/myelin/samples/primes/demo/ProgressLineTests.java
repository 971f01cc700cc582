package dev.myelin.samples.primes.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class ProgressLineTests {

  private final ByteArrayOutputStream written = new ByteArrayOutputStream();

  @Test
  void fileGetsALineEachTenPercent() {
    var line = new ProgressLine(print(), false);

    for (var done = 0L; done <= 200; done++) {
      line.show(new ClusterClient.Progress(done, 200, 0, done == 200), 2, Duration.ofMillis(1500));
    }
    line.end();

    assertThat(text().lines())
        .hasSize(11)
        .contains("  [########################################] 100 %  2 instances   1.5 s")
        .contains("  [####....................................]  10 %  2 instances   1.5 s");
  }

  @Test
  void terminalGetsOneLineDrawnAgain() {
    var line = new ProgressLine(print(), true);

    line.show(new ClusterClient.Progress(1, 4, 0, false), 1, Duration.ZERO);
    line.show(new ClusterClient.Progress(2, 4, 0, false), 1, Duration.ZERO);
    line.say("news");
    line.end();

    var bar = "  [####################....................]  50 %  1 instance   0.0 s";
    assertThat(text()).endsWith("\r\u001b[K" + bar + "\r\u001b[Knews\n" + bar + "\n");
  }

  private PrintStream print() {
    return new PrintStream(written, true, StandardCharsets.UTF_8);
  }

  private String text() {
    return written.toString(StandardCharsets.UTF_8).replace(System.lineSeparator(), "\n");
  }
}
