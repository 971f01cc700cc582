package dev.myelin.stethoscope.sim;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import dev.myelin.stethoscope.sim.Trials.Cut;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

/// The goals of health at a size that fits into a build; `./benchmarks/run health` runs them
/// larger. Times are those of the virtual clock.
final class TrialsTests {

  private static final long SEED = 20_261_126;

  private final Logger logger = (Logger) LoggerFactory.getLogger("dev.myelin");
  private @Nullable Level level;

  @BeforeEach
  void beQuiet() {
    level = logger.getLevel();
    logger.setLevel(Level.OFF);
  }

  @AfterEach
  void speakAgain() {
    logger.setLevel(level);
  }

  @ParameterizedTest
  @CsvSource({"20, 1", "20, 2", "1000, 1", "1000, 3"})
  void hungInstanceLeavesRotationInTwoSeconds(int instances, int stethoscopes) {
    double apart = instances < 100 ? 40 : 5;
    var found = Trials.hangs(SEED, instances, stethoscopes, 100, apart);

    // The goal is 1.8 s; a median of a hundred may be off by a tenth
    assertThat(History.percentile(found, 0.5)).isLessThanOrEqualTo(1.95);
    assertThat(History.percentile(found, 0.99)).isLessThanOrEqualTo(2.5);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2})
  void badNetworkAccusesNobodyAndKillsNobody(int stethoscopes) {
    var run = Trials.longRun(SEED, 200, stethoscopes, Duration.ofHours(1));

    assertThat(run.falseKills()).isZero();
    assertThat(run.falseQuarantines()).isZero();
    assertThat(run.rival()).isGreaterThan(50);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2})
  void starvedCheckerAccusesNobody(int stethoscopes) {
    var trouble = Trials.starved(SEED, 300, stethoscopes);

    assertThat(trouble.falseKills()).isZero();
    assertThat(trouble.falseQuarantines()).isLessThanOrEqualTo(3);
    assertThat(trouble.releasedAfter()).isLessThanOrEqualTo(Duration.ofSeconds(3));
  }

  @ParameterizedTest
  @CsvSource({
    "1, 0.3, INBOUND", "1, 0.55, ALL", "1, 0.9, OUTBOUND", "1, 0.9, ALL", "1, 1, ALL",
    "2, 0.3, INBOUND", "2, 0.55, ALL", "2, 0.9, OUTBOUND", "2, 0.9, ALL", "2, 1, ALL"
  })
  void checkerThatIsCutOffKillsNobodyAndCallsAreAnswered(int stethoscopes, double share, Cut cut) {
    var trouble = Trials.cutOff(SEED, 200, stethoscopes, share, cut);

    assertThat(trouble.falseKills()).isZero();
    assertThat(trouble.answering()).isGreaterThanOrEqualTo(0.999);
    assertThat(trouble.releasedAfter()).isLessThanOrEqualTo(Duration.ofSeconds(3));
    if (stethoscopes > 1) {
      assertThat(trouble.falseQuarantines()).isZero();
    }
  }

  @ParameterizedTest
  @CsvSource({"0.6, 1", "0.6, 2", "1, 1", "1, 2"})
  void deadAreReplacedAtOnceAndTheLivingNotKilledTooFast(double share, int stethoscopes) {
    var failure = Trials.massFailure(SEED, 200, stethoscopes, share);

    assertThat(failure.lastRespawn()).isLessThanOrEqualTo(Duration.ofSeconds(1));
    assertThat(failure.mostKills()).isLessThanOrEqualTo(failure.limit());
  }

  @Test
  void stethoscopesComeAndGoAndNobodyIsUnwatched() {
    for (var move : Trials.moves(SEED, 2_000)) {
      assertThat(move.moved()).isLessThanOrEqualTo(1.5 / Math.max(move.from(), move.to()));
      assertThat(move.unwatched()).isZero();
      assertThat(move.falseQuarantines()).isZero();
    }
  }
}
