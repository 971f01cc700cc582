package dev.myelin.benchmarks.report;

import dev.myelin.benchmarks.load.Latency;
import dev.myelin.benchmarks.variant.CallerKind;
import dev.myelin.benchmarks.variant.Row;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/// The text that a run of `calls` ends with: the table, the settings, the ratios of one variant,
/// its goals.
public final class CallsReport {
  private static final String NONE = "-";

  private final Results results;
  private final List<Row> rows;
  private final List<Integer> callers;
  private final String subject;

  /// Makes the report of a run.
  ///
  /// @param rows what was to be measured
  /// @param callers the numbers of callers
  /// @param subject the name of the variant that is compared with all others and held to the goals
  public CallsReport(Results results, List<Row> rows, List<Integer> callers, String subject) {
    this.results = results;
    this.rows = List.copyOf(rows);
    this.callers = List.copyOf(callers);
    this.subject = subject;
  }

  /// Returns the text.
  public String text() {
    var text = new StringBuilder();
    text.append(
            "Calls a second by callers, median (worst) over pairs of JVMs; latency at one caller;\n")
        .append(
            "'of echo': calls as a part of the raw echo's with the same kind of callers, median of the rounds\n\n")
        .append(figures())
        .append("\n")
        .append(settings());
    subjectRows().forEach(row -> text.append("\n").append(ratios(row)));
    text.append("\n").append(goals());
    if (!results.failures().isEmpty()) {
      text.append("\nNot measured:\n");
      results.failures().forEach(failure -> text.append("  ").append(failure).append("\n"));
    }
    return text.append(
            String.format(
                Locale.ROOT,
                "%nReplies compared with the right one: %,d; a wrong one fails its row.%n",
                results.callsVerified()))
        .toString();
  }

  private String figures() {
    var header = new ArrayList<>(List.of("variant/callers"));
    callers.forEach(count -> header.add("at " + count));
    callers.forEach(count -> header.add("of echo at " + count));
    header.addAll(List.of("p50 us", "p99 us", "bytes out", "back"));
    var table = new TextTable(header);
    for (var row : rows) {
      var cells = new ArrayList<>(List.of(row.id()));
      callers.forEach(count -> cells.add(format("%,.0f", results.callsPerSecond(row.id(), count))));
      callers.forEach(
          count -> cells.add(median("%.2f", results.ratio(row.id(), echo(row.kind()), count))));
      cells.add(latency(row, Latency::p50Micros));
      cells.add(latency(row, Latency::p99Micros));
      var bytes = results.wireBytes(row.id());
      cells.add(bytes.map(found -> number("%.1f", found.request())).orElse(NONE));
      cells.add(bytes.map(found -> number("%.1f", found.reply())).orElse(NONE));
      table.add(cells);
    }
    return table.toString();
  }

  private String settings() {
    return rows.stream()
        .map(Row::variant)
        .distinct()
        .map(variant -> "%s: %s.%n".formatted(variant.name(), variant.settings()))
        .collect(Collectors.joining());
  }

  private String ratios(Row own) {
    var header = new ArrayList<>(List.of(own.id() + " against"));
    callers.forEach(count -> header.add("at " + count));
    var table = new TextTable(header);
    for (var row : rows) {
      if (!row.id().equals(own.id())) {
        var cells = new ArrayList<>(List.of(row.id()));
        callers.forEach(
            count -> cells.add(format("%.2f", results.ratio(own.id(), row.id(), count))));
        table.add(cells);
      }
    }
    return table.toString();
  }

  private String goals() {
    if (subjectRows().isEmpty()) {
      return "Goals: not judged, no variant '%s' was in this run.%n".formatted(subject);
    }
    return "Goals of '%s':%n".formatted(subject)
        + new Goals(results, subject)
            .judge().stream()
                .map(verdict -> "  %s%n".formatted(verdict))
                .collect(Collectors.joining());
  }

  private List<Row> subjectRows() {
    return rows.stream().filter(row -> row.variant().name().equals(subject)).toList();
  }

  private String latency(Row row, Function<Latency, Double> percentile) {
    return format("%,.0f", results.latency(row.id(), percentile));
  }

  private static String echo(CallerKind kind) {
    return kind == CallerKind.ASYNC ? "echo/async" : "echo/virtual";
  }

  private static String format(String format, Optional<Spread> spread) {
    return spread
        .map(found -> number(format, found.median()) + " (" + number(format, found.worst()) + ")")
        .orElse(NONE);
  }

  private static String median(String format, Optional<Spread> spread) {
    return spread.map(found -> number(format, found.median())).orElse(NONE);
  }

  private static String number(String format, double value) {
    return String.format(Locale.ROOT, format, value);
  }
}
