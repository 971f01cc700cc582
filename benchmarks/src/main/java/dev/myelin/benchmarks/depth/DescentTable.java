package dev.myelin.benchmarks.depth;

import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/// The descents of all variants, and what goal P4 makes of them.
public final class DescentTable {
  private static final String SUBJECT = "myelin";
  private static final String RIVAL = "grpc";
  private static final int PLATFORM_THREADS = 40;
  private static final int FACTOR = 3;

  private final Map<DescentVariant, List<DescentReport>> reports = new LinkedHashMap<>();
  private final int levels;

  /// @param levels how deep the descents went
  public DescentTable(int levels) {
    this.levels = levels;
  }

  /// Adds what one pair of processes measured.
  public void add(DescentVariant variant, DescentReport report) {
    reports.merge(
        variant,
        List.of(report),
        (known, more) -> List.of(known, more).stream().flatMap(List::stream).toList());
  }

  @Override
  public String toString() {
    var text = new StringBuilder();
    line(
        text,
        "%,d levels deep between two processes: ms a descent, best / median / worst%n",
        levels);
    reports.forEach((variant, pairs) ->
        line(
            text,
            "  %-16s %,9.0f / %,9.0f / %,9.0f   %,5d platform threads at most   (%s)%n",
            variant.name(),
            best(pairs),
            median(pairs),
            pairs.stream().mapToDouble(DescentReport::worst).max().orElseThrow(),
            threads(pairs),
            variant.settings()));
    named(SUBJECT).ifPresent(own -> judge(text, own));
    return text.toString();
  }

  private void judge(StringBuilder text, List<DescentReport> own) {
    verdict(
        text,
        threads(own) < PLATFORM_THREADS,
        "platform threads a process < %d: %d".formatted(PLATFORM_THREADS, threads(own)));
    reports.entrySet().stream()
        .filter(entry -> entry.getKey().name().startsWith(RIVAL))
        .map(entry -> best(entry.getValue()))
        .min(Comparator.naturalOrder())
        .ifPresent(rival ->
            verdict(
                text,
                median(own) * FACTOR <= rival,
                String.format(
                    Locale.ROOT,
                    "median <= 1/%d of grpc-java's best time: %.2f of it",
                    FACTOR,
                    median(own) / rival)));
  }

  private Optional<List<DescentReport>> named(String name) {
    return reports.entrySet().stream()
        .filter(entry -> entry.getKey().name().equals(name))
        .map(Map.Entry::getValue)
        .findFirst();
  }

  private static double best(List<DescentReport> pairs) {
    return pairs.stream().mapToDouble(DescentReport::best).min().orElseThrow();
  }

  private static double median(List<DescentReport> pairs) {
    return new DescentReport(
            pairs.stream()
                .flatMap(pair -> pair.millis().stream())
                .collect(Collectors.toUnmodifiableList()),
            0)
        .median();
  }

  private static int threads(List<DescentReport> pairs) {
    return pairs.stream().mapToInt(DescentReport::peakPlatformThreads).max().orElseThrow();
  }

  private static void verdict(StringBuilder text, boolean met, String found) {
    line(text, "  %s  P4 %s%n", met ? "met   " : "MISSED", found);
  }

  @com.google.errorprone.annotations.FormatMethod
  private static void line(StringBuilder text, String format, Object... arguments) {
    text.append(String.format(Locale.ROOT, format, arguments));
  }
}
