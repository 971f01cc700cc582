package dev.myelin.orchestrator.flag;

import static org.assertj.core.api.Assertions.assertThat;

import dev.myelin.orchestrator.flag.FlagGate.Situation;
import dev.myelin.wire.Flag;
import dev.myelin.wire.Flag.Census;
import dev.myelin.wire.InstanceId;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

@ExtendWith(OutputCaptureExtension.class)
final class FlagGateTests {

  private static final InstanceId ONE = new InstanceId("core-1");
  private static final InstanceId TWO = new InstanceId("core-2");
  private static final long START = Long.MAX_VALUE - 5;

  private final FlagGate gate = new FlagGate();
  private long now = START;

  private static Situation there(int watched, int suspect, InstanceId... stethoscopes) {
    return new Situation(Set.of(stethoscopes), new Census(watched, suspect));
  }

  private static Flag flag(int number, int suspect, InstanceId... votes) {
    return new Flag(
        new InstanceId("i-" + number), "silent", List.of(votes), new Census(100, suspect));
  }

  private boolean taken(Flag flag, Situation situation) {
    return gate.decide(flag, situation, now).taken();
  }

  @Test
  void oneVoteIsEnoughWhereThereIsOneStethoscope() {
    assertThat(taken(flag(1, 1, ONE), there(100, 1, ONE))).isTrue();
    assertThat(taken(flag(2, 1, ONE), there(100, 1))).isTrue();
  }

  @Test
  void twoVotesOfTwoAreNeededWhereThereAreMore(CapturedOutput output) {
    assertThat(taken(flag(1, 1, ONE), there(100, 1, ONE, TWO))).isFalse();
    assertThat(output).contains("Flag refused: instance=i-1 reason=1 of 2 votes, with 2");
    assertThat(taken(flag(1, 1, ONE, ONE), there(100, 1, ONE, TWO))).isFalse();
    assertThat(taken(flag(1, 1), there(100, 1))).isFalse();

    assertThat(taken(flag(1, 1, ONE, TWO), there(100, 1, ONE, TWO))).isTrue();
  }

  @ParameterizedTest
  @CsvSource({"15, 0, true", "16, 0, false", "0, 15, true", "0, 16, false", "1, 1, true"})
  void killsFreezeAbove15Percent(int flagged, int seen, boolean taken) {
    assertThat(taken(flag(1, flagged, ONE), there(100, seen, ONE))).isEqualTo(taken);
  }

  @Test
  void oneSuspectOfAFewIsNotTooMany() {
    var flag = new Flag(new InstanceId("i-1"), "silent", List.of(ONE), new Census(3, 1));

    assertThat(taken(flag, there(3, 1, ONE))).isTrue();
  }

  @Test
  void freezeAndThawAreSaidOnce(CapturedOutput output) {
    taken(flag(1, 40, ONE), there(100, 0, ONE));
    taken(flag(2, 40, ONE), there(100, 0, ONE));
    assertThat(output).containsOnlyOnce("ERROR").contains("Kills are frozen: 40 of 100");

    taken(flag(1, 2, ONE), there(100, 0, ONE));
    taken(flag(2, 2, ONE), there(100, 0, ONE));
    assertThat(output).containsOnlyOnce("Kills are possible again: 2 of 100");
  }

  @Test
  void tenthOfTheInstancesIsTakenInAMinute() {
    var taken =
        IntStream.range(0, 20)
            .filter(number -> taken(flag(number, 5, ONE), there(50, 5, ONE)))
            .count();
    assertThat(taken).isEqualTo(5);

    now += Duration.ofSeconds(59).toNanos();
    assertThat(taken(flag(20, 5, ONE), there(50, 5, ONE))).isFalse();
    assertThat(taken(flag(0, 5, ONE), there(50, 5, ONE))).isTrue();
    now += Duration.ofSeconds(1).toNanos();
    assertThat(taken(flag(20, 5, ONE), there(50, 5, ONE))).isTrue();
  }

  @Test
  void oneOfAFewIsTakenInAMinute() {
    assertThat(taken(flag(1, 1, ONE), there(3, 1, ONE))).isTrue();
    assertThat(taken(flag(2, 1, ONE), there(3, 1, ONE))).isFalse();
  }
}
