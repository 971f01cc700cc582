package dev.myelin.benchmarks.report;

import com.google.errorprone.annotations.FormatMethod;
import dev.myelin.benchmarks.load.Latency;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/// The goals that the calls of one variant are held to, as far as a run measured what they ask for.
///
/// A rate is judged by the worst of the ratios of all rounds, a latency by the ratio of the
/// medians.
final class Goals {
  private static final String ECHO = "echo/virtual";

  private final Results results;
  private final String blocking;
  private final String async;

  /// @param subject the name of the variant
  Goals(Results results, String subject) {
    this.results = results;
    this.blocking = subject + "/virtual";
    this.async = subject + "/async";
  }

  List<Verdict> judge() {
    return Stream.of(
            rate("P1", blocking, ECHO, 32, 0.8),
            rate("P1", blocking, ECHO, 256, 0.7),
            bestDubbo().flatMap(dubbo -> rate("P1", blocking, dubbo, 32, 3)),
            rate("P1", blocking, "grpc-default/virtual", 32, 5),
            rate("P1", blocking, "grpc-tuned/virtual", 32, 2),
            rate("P1", async, "grpc-direct/async", 32, 2),
            rate("P1", blocking, "openfeign/virtual", 32, 6),
            rate("P1b", async, "echo/async", 32, 0.8),
            latency("p50", Latency::p50Micros, 1.3),
            latency("p99", Latency::p99Micros, 1.5),
            belowRivals("p50", Latency::p50Micros),
            belowRivals("p99", Latency::p99Micros),
            bytes(265))
        .flatMap(Optional::stream)
        .toList();
  }

  private Optional<Verdict> rate(String id, String row, String to, int callers, double factor) {
    return results
        .ratio(row, to, callers)
        .map(ratio ->
            new Verdict(
                text("%s at %d callers, %s >= %.1f x %s", id, callers, row, factor, to),
                text("worst %.2f, median %.2f", ratio.worst(), ratio.median()),
                ratio.worst() >= factor));
  }

  private Optional<String> bestDubbo() {
    return results.rows().stream()
        .filter(row -> row.startsWith("dubbo"))
        .max(Comparator.comparingDouble(this::medianAt32));
  }

  private double medianAt32(String row) {
    return results.callsPerSecond(row, 32).map(Spread::median).orElse(0.0);
  }

  private Optional<Verdict> latency(
      String name, Function<Latency, Double> percentile, double factor) {
    var echo = results.latency(ECHO, percentile);
    return results
        .latency(blocking, percentile)
        .flatMap(own ->
            echo.map(base ->
                new Verdict(
                    text("P2 one caller, %s of %s <= %.1f x %s", name, blocking, factor, ECHO),
                    text("%.2f", own.median() / base.median()),
                    own.median() <= factor * base.median())));
  }

  private Optional<Verdict> belowRivals(String name, Function<Latency, Double> percentile) {
    var least =
        results.rows().stream()
            .filter(row -> !row.startsWith("echo/") && !row.equals(blocking) && !row.equals(async))
            .flatMap(row -> results.latency(row, percentile).stream())
            .mapToDouble(Spread::median)
            .min();
    var own = results.latency(blocking, percentile);
    if (least.isEmpty() || own.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new Verdict(
            text("P2 one caller, %s of %s below every rival's", name, blocking),
            text("%.0f us, the least of theirs %.0f us", own.get().median(), least.getAsDouble()),
            own.get().median() < least.getAsDouble()));
  }

  private Optional<Verdict> bytes(int limit) {
    return results
        .wireBytes(blocking)
        .map(bytes ->
            new Verdict(
                text("P5 bytes of a call both ways, %s <= %d", blocking, limit),
                text("%.1f", bytes.total()),
                bytes.total() <= limit));
  }

  @FormatMethod
  private static String text(String format, Object... arguments) {
    return String.format(Locale.ROOT, format, arguments);
  }
}
