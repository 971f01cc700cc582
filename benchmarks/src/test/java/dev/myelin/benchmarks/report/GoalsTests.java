package dev.myelin.benchmarks.report;

import static dev.myelin.benchmarks.report.ReportFixture.report;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

final class GoalsTests {
  private final Results results = new Results();

  @Test
  void judgeWhenEveryGoalIsReachedSaysSo() {
    results.add("echo/virtual", 1, report(1_000, 50));
    results.add("echo/async", 1, report(2_000, 40));
    results.add("myelin/virtual", 1, report(800, 60));
    results.add("myelin/async", 1, report(1_600, 50));
    results.add("grpc-default/virtual", 1, report(160, 200));
    results.add("grpc-tuned/virtual", 1, report(400, 100));
    results.add("grpc-direct/async", 1, report(800, 61));
    results.add("dubbo/async", 1, report(200, 150));
    results.add("dubbo-tri/virtual", 1, report(100, 250));
    results.add("openfeign/virtual", 1, report(120, 220));

    var verdicts = new Goals(results, "myelin").judge();

    assertThat(verdicts).hasSize(13).allMatch(Verdict::met);
    assertThat(verdicts).extracting(Verdict::goal).anyMatch(goal -> goal.contains("dubbo/async"));
  }

  @Test
  void judgeTakesTheWorstRoundOfARate() {
    results.add("echo/virtual", 1, report(1_000, 50));
    results.add("echo/virtual", 2, report(1_000, 50));
    results.add("echo/virtual", 3, report(1_000, 50));
    results.add("myelin/virtual", 1, report(900, 50));
    results.add("myelin/virtual", 2, report(790, 50));
    results.add("myelin/virtual", 3, report(900, 50));

    var at32 = new Goals(results, "myelin").judge().getFirst();

    assertThat(at32.met()).isFalse();
    assertThat(at32)
        .hasToString(
            "MISSED  P1 at 32 callers, myelin/virtual >= 0.8 x echo/virtual: worst 0.79, median 0.90");
  }

  @Test
  void judgeWhenARivalIsFasterMissesTheGoalsOfLatency() {
    results.add("echo/virtual", 1, report(1_000, 50));
    results.add("myelin/virtual", 1, report(900, 66));
    results.add("dubbo/virtual", 1, report(100, 60));

    assertThat(new Goals(results, "myelin").judge())
        .filteredOn(verdict -> verdict.goal().startsWith("P2"))
        .extracting(Verdict::met)
        // p50 1.32 of the echo's 1.3, p99 1.32 of its 1.5, and both above the rival's
        .containsExactly(false, true, false, false);
  }

  @Test
  void judgeWhenOnlyTheSubjectWasMeasuredJudgesWhatNeedsNoOther() {
    results.add("myelin/virtual", 1, report(900, 50));

    assertThat(new Goals(results, "myelin").judge())
        .singleElement()
        .satisfies(verdict -> assertThat(verdict.goal()).startsWith("P5"))
        .satisfies(verdict -> assertThat(verdict.found()).isEqualTo("240.8"));
    assertThat(new Goals(results, "nobody").judge()).isEqualTo(List.of());
  }
}
