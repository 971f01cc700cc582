package dev.myelin.benchmarks.report;

import dev.myelin.benchmarks.load.ClientReport;
import dev.myelin.benchmarks.load.Latency;
import dev.myelin.benchmarks.load.WireBytes;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Stream;

/// The measurements of a run, by row and round.
///
/// Rows keep the order in which they first appear. Figures are asked for by row id; a row that was
/// not measured has none. Not thread-safe.
public final class Results {
  private final Map<String, SortedMap<Integer, ClientReport>> reports = new LinkedHashMap<>();
  private final List<String> failures = new ArrayList<>();

  /// Makes an empty collection.
  public Results() {}

  /// Takes in what a row measured in a round.
  public void add(String row, int round, ClientReport report) {
    reports.computeIfAbsent(row, _ -> new TreeMap<>()).put(round, report);
  }

  /// Takes in that a row could not be measured in a round.
  public void addFailure(String row, int round, String reason) {
    failures.add("%s, round %d: %s".formatted(row, round, reason));
  }

  /// Returns what could not be measured, with the reasons.
  public List<String> failures() {
    return List.copyOf(failures);
  }

  List<String> rows() {
    return List.copyOf(reports.keySet());
  }

  int rounds(String row) {
    return of(row).size();
  }

  long callsVerified() {
    return reports.values().stream()
        .flatMap(rounds -> rounds.values().stream())
        .mapToLong(report ->
            report.wireBytes().calls()
                + report.phases().stream().mapToLong(phase -> phase.calls()).sum())
        .sum();
  }

  Optional<Spread> callsPerSecond(String row, int callers) {
    return spread(rates(row, callers).values(), Spread::ofLargeIsGood);
  }

  Optional<Spread> latency(String row, Function<Latency, Double> percentile) {
    var values =
        of(row).values().stream()
            .flatMap(report -> report.phases().stream())
            .flatMap(phase -> Stream.ofNullable(phase.latency()))
            .map(percentile)
            .toList();
    return spread(values, Spread::ofSmallIsGood);
  }

  /// Returns the bytes of a call in the first round that counted them: they do not vary with the
  /// machine.
  Optional<WireBytes> wireBytes(String row) {
    return of(row).values().stream().map(ClientReport::wireBytes).findFirst();
  }

  /// Returns how many times the calls of one row another made, round by round: both sides of each
  /// ratio were measured in the same round.
  Optional<Spread> ratio(String row, String to, int callers) {
    var others = rates(to, callers);
    var ratios = new ArrayList<Double>();
    rates(row, callers)
        .forEach((round, rate) -> {
          var other = others.get(round);
          if (other != null && other > 0) {
            ratios.add(rate / other);
          }
        });
    return spread(ratios, Spread::ofLargeIsGood);
  }

  private Map<Integer, Double> rates(String row, int callers) {
    var rates = new TreeMap<Integer, Double>();
    of(row)
        .forEach((round, report) ->
            report.phases().stream()
                .filter(phase -> phase.callers() == callers)
                .forEach(phase -> rates.put(round, phase.callsPerSecond())));
    return rates;
  }

  private SortedMap<Integer, ClientReport> of(String row) {
    return reports.getOrDefault(row, new TreeMap<>());
  }

  private static Optional<Spread> spread(
      Collection<Double> values, Function<List<Double>, Spread> sum) {
    return values.isEmpty() ? Optional.empty() : Optional.of(sum.apply(List.copyOf(values)));
  }
}
