package dev.myelin.benchmarks.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// A process that is always busy, in a group of its own. Needs root, as its build has it.
@Timeout(60)
class ControlGroupIT {

  @SuppressWarnings("NullAway.Init") // started before each test
  private Process process;

  @BeforeEach
  void start() throws IOException {
    process = new ProcessBuilder("sh", "-c", "while :; do :; done").start();
  }

  @AfterEach
  void end() {
    process.destroyForcibly();
  }

  /// CPU time that it has had, in hundredths of a second.
  private long used() throws IOException {
    var line = Files.readString(Path.of("/proc", Long.toString(process.pid()), "stat"));
    var fields = line.substring(line.lastIndexOf(')') + 2).split(" ", -1);
    return Long.parseLong(fields[11]) + Long.parseLong(fields[12]);
  }

  private long usedWithin(Duration time) throws Exception {
    long before = used();
    TimeUnit.NANOSECONDS.sleep(time.toNanos());
    return used() - before;
  }

  @Test
  void processThatIsFrozenDoesNotRunUntilItThaws() throws Exception {
    try (var group = ControlGroup.of(process.pid())) {
      group.freeze();
      long last;
      do {
        last = used();
      } while (usedWithin(Duration.ofMillis(100)) > 0);

      assertThat(usedWithin(Duration.ofMillis(500))).isZero();
      assertThat(used()).isGreaterThanOrEqualTo(last);

      group.thaw();
      while (usedWithin(Duration.ofMillis(100)) == 0) {}
    }
  }

  @Test
  void processWithAQuotaGetsNoMore() throws Exception {
    try (var group = ControlGroup.of(process.pid())) {
      group.quota(0.05);
      var _ = usedWithin(Duration.ofMillis(300));

      long begin = System.nanoTime();
      long used = usedWithin(Duration.ofSeconds(2));
      double seconds = (System.nanoTime() - begin) / 1e9;

      // it would have nearly all of a core
      assertThat(used / 100.0 / seconds).isLessThan(0.25);
    }
  }

  @Test
  void everythingIsAsBeforeAfterwards() throws Exception {
    var groups = Path.of("/proc", Long.toString(process.pid()), "cgroup");
    var before = Files.readString(groups);

    try (var group = ControlGroup.of(process.pid())) {
      group.freeze();
      assertThat(Files.readString(groups)).isNotEqualTo(before);
    }

    assertThat(Files.readString(groups)).isEqualTo(before);
    while (usedWithin(Duration.ofMillis(100)) == 0) {}
  }
}
