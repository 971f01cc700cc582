package dev.myelin.stethoscope.vitals;

import static org.assertj.core.api.Assertions.assertThat;

import dev.myelin.membership.Members;
import dev.myelin.stethoscope.vitals.Verdicts.Verdict;
import dev.myelin.wire.InstanceState;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

@ExtendWith(OutputCaptureExtension.class)
final class VerdictsTests {

  private static final String ID = WardOnTest.name(0);
  private static final String MATRIX =
      """
                   BEAT               ANSWER              SILENCE                UNASKED          OVERDUE       FLAG_LOST
      BEATING      BEATING/NONE       -                   QUARANTINED/QUARANTINE -                -             -
      ANSWERING    BEATING/NONE       ANSWERING/NONE      QUARANTINED/QUARANTINE ANSWERING/ASK    -             -
      QUARANTINED  BEATING/RELEASE    ANSWERING/RELEASE   -                      QUARANTINED/ASK  FLAGGED/FLAG  -
      FLAGGED      BEATING/RELEASE    ANSWERING/RELEASE   -                      FLAGGED/ASK      FLAGGED/FLAG  QUARANTINED/NONE
      """;

  @Test
  void tableIsTheMatrix() {
    var lines = MATRIX.lines().map(VerdictsTests::cells).toList();
    var signs = lines.getFirst();
    var expected = new ArrayList<Verdict>();
    for (var line : lines.subList(1, lines.size())) {
      for (int column = 1; column < line.size(); column++) {
        var outcome = Pattern.compile("/").splitAsStream(line.get(column)).toList();
        if (outcome.size() == 2) {
          expected.add(
              new Verdict(
                  Condition.valueOf(line.getFirst()),
                  Sign.valueOf(signs.get(column - 1)),
                  Condition.valueOf(outcome.getFirst()),
                  Measure.valueOf(outcome.getLast())));
        }
      }
    }

    assertThat(signs).hasSize(Sign.values().length);
    assertThat(lines).hasSize(Condition.values().length + 1);
    assertThat(Verdicts.TABLE).containsExactlyInAnyOrderElementsOf(expected);
  }

  private static List<String> cells(String line) {
    return Pattern.compile(" +").splitAsStream(line.strip()).toList();
  }

  static Stream<Verdict> rows() {
    return Verdicts.TABLE.stream();
  }

  @ParameterizedTest
  @MethodSource("rows")
  void wardTakesEveryRow(Verdict row, CapturedOutput output) {
    var given = new WardOnTest();
    bring(given, row.from());
    given.measures.take();
    int before = output.length();

    give(given, row.sign());

    var said = output.toString().substring(before);
    var change =
        "instance=%s from=%s to=%s sign=%s".formatted(ID, row.from(), row.to(), row.sign());
    if (row.from() != row.to() || row.sign() == Sign.OVERDUE) {
      assertThat(said).containsOnlyOnce("Condition changed").contains(change);
    } else {
      assertThat(said).doesNotContain("Condition changed");
    }
    assertThat(given.health(ID)).isEqualTo(row.to().health());
    assertThat(given.measures.take()).isEqualTo(expected(row.measure()));
  }

  private static List<String> expected(Measure measure) {
    return switch (measure) {
      case NONE -> List.of();
      case ASK -> List.of("ask " + ID);
      case QUARANTINE -> List.of("quarantine " + ID, "ask " + ID);
      case RELEASE -> List.of("release " + ID);
      case FLAG -> List.of("flag " + ID);
    };
  }

  private static void bring(WardOnTest given, Condition condition) {
    switch (condition) {
      case BEATING -> {
        given.watch(1);
        given.beat(ID);
      }
      case QUARANTINED -> {
        given.watch(Members.serving(ID, "a").withState(InstanceState.QUARANTINED));
        given.scheduler.advance(Duration.ofMillis(1050));
      }
      case ANSWERING -> {
        bring(given, Condition.QUARANTINED);
        given.answer(ID);
      }
      case FLAGGED -> {
        bring(given, Condition.QUARANTINED);
        given.scheduler.advance(Duration.ofSeconds(9));
      }
    }
  }

  private static void give(WardOnTest given, Sign sign) {
    switch (sign) {
      case BEAT -> given.beat(ID);
      case ANSWER -> {
        if (!given.isAsked(ID)) {
          given.scheduler.advance(Duration.ofMillis(1050));
          given.measures.take();
        }
        given.answer(ID);
      }
      case UNASKED -> {
        if (given.isAsked(ID)) {
          given.leaveUnanswered(ID);
        }
        given.scheduler.advance(Duration.ofMillis(1050));
      }
      case SILENCE -> {
        given.scheduler.advance(Duration.ofSeconds(2));
        // One that used to answer has been asked in between
        given.measures.take();
        given.scheduler.advance(Duration.ofMillis(400));
      }
      case OVERDUE -> given.scheduler.advance(Duration.ofSeconds(10));
      case FLAG_LOST -> given.loseFlag(ID);
    }
  }
}
