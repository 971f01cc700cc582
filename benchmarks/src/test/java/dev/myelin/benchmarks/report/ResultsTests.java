package dev.myelin.benchmarks.report;

import static dev.myelin.benchmarks.report.ReportFixture.report;
import static org.assertj.core.api.Assertions.assertThat;

import dev.myelin.benchmarks.load.Latency;
import org.junit.jupiter.api.Test;

final class ResultsTests {
  private final Results results = new Results();

  @Test
  void ratioComparesWithinARoundNotAcross() {
    results.add("fast/virtual", 1, report(1_000, 50));
    results.add("slow/virtual", 1, report(500, 50));
    results.add("fast/virtual", 2, report(300, 50));
    results.add("slow/virtual", 2, report(100, 50));
    results.add("fast/virtual", 3, report(9_000, 50));

    assertThat(results.ratio("fast/virtual", "slow/virtual", 32)).contains(new Spread(2.5, 2.0));
    assertThat(results.ratio("slow/virtual", "fast/virtual", 256))
        .hasValueSatisfying(ratio -> assertThat(ratio.worst()).isEqualTo(1 / 3.0));
  }

  @Test
  void figuresWhenNothingWasMeasuredAreAbsent() {
    results.add("fast/virtual", 1, report(1_000, 50));

    assertThat(results.ratio("fast/virtual", "slow/virtual", 32)).isEmpty();
    assertThat(results.ratio("fast/virtual", "fast/virtual", 7)).isEmpty();
    assertThat(results.callsPerSecond("slow/virtual", 32)).isEmpty();
    assertThat(results.latency("slow/virtual", Latency::p50Micros)).isEmpty();
    assertThat(results.wireBytes("slow/virtual")).isEmpty();
  }

  @Test
  void figuresSumUpAllRounds() {
    results.add("row/virtual", 1, report(1_000, 50));
    results.add("row/virtual", 2, report(3_000, 80));

    assertThat(results.callsPerSecond("row/virtual", 32)).contains(new Spread(2_000, 1_000));
    assertThat(results.latency("row/virtual", Latency::p99Micros)).contains(new Spread(195, 240));
    assertThat(results.wireBytes("row/virtual"))
        .hasValueSatisfying(bytes -> assertThat(bytes.total()).isEqualTo(240.75));
    assertThat(results.callsVerified()).isEqualTo(2 * 3_110);
  }

  @Test
  void rowsKeepTheirOrder() {
    results.add("z/virtual", 1, report(1, 1));
    results.add("a/virtual", 1, report(1, 1));
    results.add("z/virtual", 2, report(1, 1));

    assertThat(results.rows()).containsExactly("z/virtual", "a/virtual");
  }
}
