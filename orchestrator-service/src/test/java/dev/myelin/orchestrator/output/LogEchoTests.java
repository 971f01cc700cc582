package dev.myelin.orchestrator.output;

import static org.assertj.core.api.Assertions.assertThat;

import dev.myelin.wire.InstanceId;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class LogEchoTests {

  private static final InstanceId ID = new InstanceId("shop-1");

  @TempDir
  @SuppressWarnings("NullAway.Init") // JUnit sets it
  private Path folder;

  private void print(String text) throws Exception {
    Files.writeString(
        folder.resolve("shop-1.log"), text, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
  }

  @Test
  void linesComeAsTheyAreCompleted() throws Exception {
    BlockingQueue<String> lines = new LinkedBlockingQueue<>();
    try (var echo = echo(lines)) {
      echo.follow(ID, true);
      print("one\ntw");
      assertThat(next(lines)).isEqualTo("shop-1 | one");
      print("o\r\nthree\n");
      assertThat(next(lines)).isEqualTo("shop-1 | two");
      assertThat(next(lines)).isEqualTo("shop-1 | three");
    }
  }

  @Test
  void followFromNowOnLeavesOutWhatWasPrinted() throws Exception {
    print("old\n");
    BlockingQueue<String> lines = new LinkedBlockingQueue<>();
    try (var echo = echo(lines)) {
      echo.follow(ID, false);
      echo.follow(new InstanceId("other-1"), true);
      Files.writeString(folder.resolve("other-1.log"), "ready\n");
      assertThat(next(lines)).isEqualTo("other-1 | ready");
      print("new\n");
      assertThat(next(lines)).isEqualTo("shop-1 | new");
    }
  }

  @Test
  void finishHandsOnTheRest() throws Exception {
    BlockingQueue<String> lines = new LinkedBlockingQueue<>();
    try (var echo = echo(lines)) {
      echo.follow(ID, true);
      print("no end");
      echo.finish(ID);
      assertThat(next(lines)).isEqualTo("shop-1 | no end");
    }
  }

  @Test
  void closeHandsOnTheRestOfAll() throws Exception {
    BlockingQueue<String> lines = new LinkedBlockingQueue<>();
    var echo = echo(lines);
    echo.follow(ID, true);
    print("last words");
    echo.close();

    assertThat(lines).containsExactly("shop-1 | last words");
  }

  private LogEcho echo(BlockingQueue<String> lines) {
    return new LogEcho(folder, (id, line) -> lines.add(id + " | " + line), Duration.ofMillis(10));
  }

  private static @Nullable String next(BlockingQueue<String> lines) throws InterruptedException {
    return lines.poll(10, TimeUnit.SECONDS);
  }

  @Test
  void longLineComesInPartsAndMultibyteTextStaysWhole() throws Exception {
    print("x".repeat(9_000) + "\n" + "ü".repeat(4_000) + "\n");
    var lines = new ArrayList<String>();
    var log = new FollowedLog(ID, folder.resolve("shop-1.log"), 0);

    log.read((_, line) -> lines.add(line));

    assertThat(lines)
        .containsExactly("x".repeat(8 * 1024), "x".repeat(9_000 - 8 * 1024), "ü".repeat(4_000));
  }

  @Test
  void fileThatWasEmptiedIsReadFromItsStart() throws Exception {
    List<String> lines = new ArrayList<>();
    var log = new FollowedLog(ID, folder.resolve("shop-1.log"), 0);
    log.read((_, line) -> lines.add(line));
    print("a long first line\n");
    log.read((_, line) -> lines.add(line));

    Files.write(folder.resolve("shop-1.log"), "new\n".getBytes(StandardCharsets.UTF_8));
    log.read((_, line) -> lines.add(line));

    assertThat(lines).containsExactly("a long first line", "new");
  }
}
