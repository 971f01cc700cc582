package dev.myelin.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class LineDisplayTests {

  private final ByteArrayOutputStream written = new ByteArrayOutputStream();
  private final LineDisplay display =
      new LineDisplay(
          new PrintStream(written, true, StandardCharsets.UTF_8), () -> Duration.ofMillis(12_345));

  @Test
  void displayWhenTheClusterChangesPrintsOneLineAChange() {
    display.show(Views.of("prime-counter", Views.starting("prime-counter-3f9a")));
    display.show(Views.of("prime-counter", Views.serving("prime-counter-3f9a")));
    display.show(Views.of("prime-counter", Views.serving("prime-counter-3f9a")));
    display.show(Views.EMPTY);
    display.say("stopped");

    assertThat(written.toString(StandardCharsets.UTF_8).lines())
        .containsExactly(
            "  12.3s  prime-counter-3f9a            starting     pid 4712",
            "  12.3s  prime-counter-3f9a            serving      127.0.0.1:41213 pid 4711",
            "  12.3s  prime-counter-3f9a            gone         127.0.0.1:41213 pid 4711",
            "  12.3s  stopped");
  }
}
