package dev.myelin.orchestrator.output;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class LogTailTests {

  @TempDir
  @SuppressWarnings("NullAway.Init") // JUnit sets it
  private Path folder;

  @Test
  void lastLinesAreTheLastOnes() throws Exception {
    var file = Files.writeString(folder.resolve("a.log"), "one\ntwo\nthree\n");

    assertThat(LogTail.lastLines(file, 2)).containsExactly("two", "three");
    assertThat(LogTail.lastLines(file, 20)).containsExactly("one", "two", "three");
  }

  @Test
  void lineCutByTheWindowIsLeftOut() throws Exception {
    var file = Files.writeString(folder.resolve("a.log"), "x".repeat(20_000) + "\nlast line\n");

    assertThat(LogTail.lastLines(file, 20)).containsExactly("last line");
  }

  @Test
  void singleLineLongerThanTheWindowIsCut() throws Exception {
    var file = Files.writeString(folder.resolve("a.log"), "x".repeat(20_000));

    assertThat(LogTail.lastLines(file, 20)).singleElement().asString().hasSize(16 * 1024);
  }

  @Test
  void missingFileHasNoLines() {
    assertThat(LogTail.lastLines(folder.resolve("none.log"), 5)).isEmpty();
    assertThat(LogTail.quote(folder.resolve("none.log"), 5))
        .startsWith("It printed nothing to '")
        .endsWith("none.log'.");
  }

  @Test
  void quoteIndentsTheLines() throws Exception {
    var file = Files.writeString(folder.resolve("a.log"), "one\ntwo\n");

    assertThat(LogTail.quote(file, 5))
        .hasLineCount(3)
        .endsWith(System.lineSeparator() + "  one" + System.lineSeparator() + "  two");
  }
}
