package dev.myelin.callpath;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Goal F1 with some of the bytes; `./benchmarks/run faults --goals=F1` takes all.
@Timeout(300)
final class CutTrialTests {

  @Test
  void callsWhoseConnectionIsCutNeverRunTwiceNorAreReportedWrongly() throws Exception {
    var report = CutTrial.run(new CutTrial.Plan(13, 201, 41, 4, 1));

    assertThat(report.violations()).isEmpty();
    // otherwise nothing would have been tried
    assertThat(report.cuts()).isGreaterThan(1_000);
    assertThat(report.kinds()).containsKeys("answered", "may have run");
  }
}
