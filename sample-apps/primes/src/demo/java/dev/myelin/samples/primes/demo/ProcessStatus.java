package dev.myelin.samples.primes.demo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalLong;

/// Reads what Linux says about a process in `/proc/PID/status`; knows nothing on other systems.
final class ProcessStatus {

  private ProcessStatus() {}

  /// Memory that the process holds, in kilobytes.
  static OptionalLong residentKilobytes(long pid) {
    return field(pid, "VmRSS").stream()
        .mapToLong(text -> Long.parseLong(text.replace("kB", "").strip()))
        .findFirst();
  }

  /// Whether the process has ended and only waits for its parent to notice.
  static boolean zombie(long pid) {
    return field(pid, "State").filter(text -> text.startsWith("Z")).isPresent();
  }

  private static Optional<String> field(long pid, String name) {
    try (var lines = Files.lines(Path.of("/proc/" + pid + "/status"))) {
      var start = name + ":";
      return lines
          .filter(line -> line.startsWith(start))
          .map(line -> line.substring(start.length()).strip())
          .findFirst();
    } catch (IOException _) {
      return Optional.empty();
    }
  }
}
