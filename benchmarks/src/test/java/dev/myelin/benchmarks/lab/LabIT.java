package dev.myelin.benchmarks.lab;

import static org.assertj.core.api.Assertions.assertThat;

import dev.myelin.benchmarks.lab.CheckerStarved.Starving;
import dev.myelin.benchmarks.lab.Host.Way;
import java.time.Duration;
import java.util.ArrayList;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// A cluster on hosts of its own: what a network does to it. Needs root, as its build has it.
@Timeout(600)
class LabIT {

  private static final Duration FLAG = Duration.ofSeconds(10);

  private static Lab lab;

  @BeforeAll
  static void start() throws Exception {
    var arguments = new ArrayList<>(BlackholedHost.arguments());
    arguments.add("--myelin.core.instances=2");
    arguments.add("--myelin.core.stethoscope.flag-after=" + FLAG.toSeconds() + "s");
    arguments.add("--myelin.core.stethoscope.flag-alone-after=" + FLAG.toSeconds() + "s");
    lab = Lab.start(Network.of(CheckerCutOff.hosts()), CheckerCutOff.placed(), arguments);
  }

  @AfterAll
  static void stop() {
    lab.close();
  }

  @Test
  void callsToABlackholedHostEndAtTheirDeadlineAndThenGoElsewhere() throws Exception {
    var cut = BlackholedHost.cut(lab, "b", 1);

    assertThat(cut.calls().failures())
        .isNotEmpty()
        .allSatisfy(said -> assertThat(said).isEqualTo("504 may-have-run"));
    assertThat(cut.lateFailures()).isEmpty();
    assertThat(cut.sameProcess()).isTrue();
  }

  @Test
  void checkerThatIsCutOffHasNobodyKilledAndCostsNoCall() throws Exception {
    var cut = CheckerCutOff.cut(lab, Way.BOTH, FLAG.plusSeconds(3), 1);

    assertThat(cut.before()).hasSize(2);
    assertThat(cut.after()).isEqualTo(cut.before());
    assertThat(cut.failures()).isEmpty();
  }

  @Test
  void checkerThatDoesNotRunHasNobodyKilledAndCostsNoCall() throws Exception {
    var starved = CheckerStarved.starve(lab.cluster(), Starving.FROZEN, Duration.ofSeconds(5), 1);

    assertThat(starved.before()).hasSize(2);
    assertThat(starved.after()).isEqualTo(starved.before());
    assertThat(starved.failures()).isEmpty();
  }
}
