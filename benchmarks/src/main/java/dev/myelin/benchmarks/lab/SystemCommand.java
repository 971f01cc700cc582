package dev.myelin.benchmarks.lab;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// Programs of the system.
final class SystemCommand {

  private SystemCommand() {}

  /// Runs one to its end.
  ///
  /// @param line program and arguments
  /// @return what it printed
  /// @throws IOException if it failed, with what it printed
  static String run(List<String> line) throws IOException, InterruptedException {
    var process = new ProcessBuilder(line).redirectErrorStream(true).start();
    process.getOutputStream().close();
    var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    int status = process.waitFor();
    if (status != 0) {
      throw new IOException(
          "'%s' ended with %d: %s".formatted(String.join(" ", line), status, output.strip()));
    }
    return output;
  }

  static String run(String... line) throws IOException, InterruptedException {
    return run(List.of(line));
  }
}
