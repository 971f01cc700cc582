package dev.myelin.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LiveRegionTests {

  private final FakeTerminal terminal = new FakeTerminal();
  private final LiveRegion region = new LiveRegion(terminal.stream());

  @Test
  void regionWhenRedrawnReplacesItself() {
    region.draw(List.of("one", "two", "three"));
    region.draw(List.of("four"));
    region.draw(List.of("five", "six"));

    assertThat(terminal.screen()).containsExactly("five", "six");
  }

  @Test
  void regionWhenOthersPrintStaysBelow() {
    region.above("early\n");
    region.draw(List.of("table 1", "end 1"));
    region.above("warning\n");
    region.draw(List.of("table 2", "end 2"));
    region.above("another\n");

    assertThat(terminal.screen())
        .containsExactly("early", "warning", "another", "table 2", "end 2");
  }

  @Test
  void tableWhenShownOnATerminalIsRedrawnInPlace() {
    var display =
        new TableDisplay(
            terminal.stream(), Clock.fixed(Views.NOW, ZoneOffset.UTC), () -> Duration.ofSeconds(1));

    display.show(Views.of("front", Views.starting("front-1")));
    display.say("ready");
    display.show(Views.of("front", Views.serving("front-1")));
    display.end();

    assertThat(terminal.screen()).hasSize(4);
    assertThat(terminal.screen().getFirst()).endsWith("  ready");
    assertThat(terminal.screen().get(2)).contains("front-1", "serving");
    assertThat(terminal.screen().get(3)).contains("1 instances");
  }

  @Test
  void streamWhenWrittenInPartsPassesWholeLines() {
    var lines = new ArrayList<String>();
    try (var stream = new LineStream(lines::add)) {
      var bytes = "käse\nbrot\n\nrest".getBytes(StandardCharsets.UTF_8);
      stream.write(bytes, 0, 2);
      stream.write(bytes[2]);
      stream.write(bytes, 3, bytes.length - 3);
    } catch (java.io.IOException e) {
      throw new java.io.UncheckedIOException(e);
    }

    assertThat(lines).containsExactly("käse\n", "brot\n", "\n");
  }
}
