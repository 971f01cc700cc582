package dev.myelin.orchestrator.deploy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;

/// Processor cores.
///
/// @param numbers as the system counts them, from 0 on
public record Cores(List<Integer> numbers) {

  private static final String ALLOWED = "Cpus_allowed_list:";

  /// Copies the numbers.
  public Cores {
    numbers = List.copyOf(numbers);
  }

  /// Those that this process may use.
  public static Cores own() {
    try (var lines = Files.lines(Path.of("/proc/self/status"))) {
      return lines
          .filter(line -> line.startsWith(ALLOWED))
          .findFirst()
          .map(line -> parse(line.substring(ALLOWED.length())))
          .orElseGet(Cores::counted);
    } catch (IOException _) {
      return counted();
    }
  }

  private static Cores counted() {
    int count = Runtime.getRuntime().availableProcessors();
    return new Cores(IntStream.range(0, count).boxed().toList());
  }

  /// Reads a list such as `0-3,8`.
  static Cores parse(String list) {
    return new Cores(
        List.of(list.strip().split(",", -1)).stream()
            .map(range -> range.split("-", 2))
            .flatMapToInt(ends ->
                IntStream.rangeClosed(
                    Integer.parseInt(ends[0]), Integer.parseInt(ends[ends.length - 1])))
            .boxed()
            .toList());
  }
}
