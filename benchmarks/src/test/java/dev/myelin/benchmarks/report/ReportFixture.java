package dev.myelin.benchmarks.report;

import dev.myelin.benchmarks.load.ClientReport;
import dev.myelin.benchmarks.load.Latency;
import dev.myelin.benchmarks.load.Phase;
import dev.myelin.benchmarks.load.WireBytes;
import java.util.List;

/// Measurements with chosen figures.
final class ReportFixture {

  private ReportFixture() {}

  /// What a client would say that made so many calls a second at 32 callers, four times as many at
  /// 256, and whose one caller waited so long.
  static ClientReport report(double rateAt32, double p50Micros) {
    return new ClientReport(
        List.of(
            new Phase(1, 100, 1_000_000 / p50Micros, new Latency(p50Micros, 3 * p50Micros)),
            new Phase(32, 1_000, rateAt32, null),
            new Phase(256, 2_000, 4 * rateAt32, null)),
        new WireBytes(10, 200.5, 40.25));
  }
}
