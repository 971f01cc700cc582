package dev.myelin.stethoscope.vitals;

import static org.assertj.core.api.Assertions.assertThat;

import dev.myelin.membership.Members;
import dev.myelin.stethoscope.vitals.Verdicts.Verdict;
import dev.myelin.wire.InstanceState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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
  private static final String CALLER = WardOnTest.name(1);
  private static final String MATRIX =
      """
                   BEAT             ANSWER             LATENESS  COMPLAINT    UNANSWERED      SILENCE                UNASKED          WRONGED            OVERDUE       FLAG_LOST
      BEATING      BEATING/NONE     -                  LATE/ASK  ACCUSED/ASK  -               -                      -                BEATING/RELEASE    -             -
      LATE         BEATING/NONE     ANSWERING/NONE     -         ACCUSED/ASK  -               QUARANTINED/QUARANTINE LATE/ASK         -                  -             -
      ACCUSED      -                ANSWERING/NONE     -         -            MUTE/QUARANTINE QUARANTINED/QUARANTINE ACCUSED/ASK      -                  -             -
      ANSWERING    BEATING/NONE     ANSWERING/NONE     LATE/ASK  ACCUSED/ASK  -               -                      ANSWERING/ASK    ANSWERING/RELEASE  -             -
      MUTE         -                ANSWERING/RELEASE  -         -            -               QUARANTINED/NONE       MUTE/ASK         -                  -             -
      QUARANTINED  BEATING/RELEASE  ANSWERING/RELEASE  -         -            -               -                      QUARANTINED/ASK  -                  FLAGGED/FLAG  -
      FLAGGED      BEATING/RELEASE  ANSWERING/RELEASE  -         -            -               -                      FLAGGED/ASK      -                  FLAGGED/FLAG  QUARANTINED/NONE
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

  @Test
  void pageDrawsTheTable() throws IOException {
    var edge = Pattern.compile("([A-Z]+) --> ([A-Z]+):");
    var drawn =
        Files.readAllLines(Path.of("../docs/health.md")).stream()
            .flatMap(line -> edge.matcher(line).results())
            .map(found -> found.group(1) + " " + found.group(2))
            .toList();

    assertThat(drawn)
        .containsExactlyInAnyOrderElementsOf(
            Verdicts.TABLE.stream()
                .filter(row -> row.from() != row.to())
                .map(row -> row.from() + " " + row.to())
                .distinct()
                .toList());
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

    give(given, row.from(), row.sign());

    var said = output.toString().substring(before);
    var change =
        "instance=%s from=%s to=%s sign=%s".formatted(ID, row.from(), row.to(), row.sign());
    boolean told = row.from().suspect() || row.to().suspect();
    if (told && (row.from() != row.to() || row.sign() == Sign.OVERDUE)) {
      assertThat(said).containsOnlyOnce(change);
    } else {
      assertThat(said).doesNotContain("instance=" + ID + " from=");
    }
    assertThat(given.health(ID)).isEqualTo(row.to().health());
    var done = given.measures.take();
    if (row.measure() == Measure.ASK || row.measure() == Measure.QUARANTINE) {
      assertThat(done).contains("ask " + ID);
    }
    assertThat(done.stream().filter(deed -> !deed.startsWith("ask")))
        .isEqualTo(expected(row.measure()));
  }

  private static List<String> expected(Measure measure) {
    return switch (measure) {
      case NONE, ASK -> List.of();
      case QUARANTINE -> List.of("quarantine " + ID);
      case RELEASE -> List.of("release " + ID);
      case FLAG -> List.of("flag " + ID);
    };
  }

  private static void bring(WardOnTest given, Condition condition) {
    switch (condition) {
      case BEATING -> {
        given.watch(2);
        given.beat(ID);
      }
      case LATE -> {
        bring(given, Condition.BEATING);
        given.scheduler.advance(Duration.ofMillis(1250));
        given.beat(CALLER);
        given.scheduler.advance(Duration.ofMillis(50));
      }
      case ACCUSED -> {
        bring(given, Condition.LATE);
        given.scheduler.advance(Duration.ofMillis(400));
        given.complain(CALLER, ID);
      }
      case MUTE -> {
        bring(given, Condition.ACCUSED);
        given.beat(ID);
        for (int step = 0; step < 11; step++) {
          given.leaveUnanswered(ID);
          given.scheduler.advance(Duration.ofMillis(100));
        }
        given.beat(CALLER);
      }
      case QUARANTINED -> {
        given.watch(
            Members.serving(ID, "a").withState(InstanceState.QUARANTINED),
            Members.serving(CALLER, "a"));
        given.scheduler.advance(Duration.ofMillis(1050));
        given.beat(CALLER);
      }
      case ANSWERING -> {
        bring(given, Condition.QUARANTINED);
        given.answer(ID);
        given.watch(2);
      }
      case FLAGGED -> {
        bring(given, Condition.QUARANTINED);
        beatWhile(given, 19);
      }
    }
  }

  private static void beatWhile(WardOnTest given, int seconds) {
    for (int second = 0; second < seconds; second++) {
      given.scheduler.advance(Duration.ofSeconds(1));
      given.beat(CALLER);
    }
  }

  private static void give(WardOnTest given, Condition from, Sign sign) {
    switch (sign) {
      case BEAT -> given.beat(ID);
      case ANSWER -> {
        if (!given.isAsked(ID)) {
          given.scheduler.advance(Duration.ofMillis(1050));
        }
        given.answer(ID);
      }
      case LATENESS -> given.scheduler.advance(Duration.ofMillis(1300));
      case COMPLAINT -> {
        given.scheduler.advance(Duration.ofMillis(from == Condition.LATE ? 0 : 600));
        given.measures.take();
        given.complain(CALLER, ID);
      }
      case UNASKED -> {
        if (from == Condition.FLAGGED || from == Condition.MUTE) {
          given.leaveUnanswered(ID);
        }
        given.scheduler.advance(Duration.ofMillis(from.urgent() ? 200 : 1050));
      }
      case SILENCE -> {
        if (from == Condition.ACCUSED) {
          // Accused when it had been silent for almost too long
          given.scheduler.advance(Duration.ofMillis(600));
        } else {
          given.scheduler.advance(Duration.ofMillis(from == Condition.MUTE ? 1300 : 1000));
        }
      }
      case UNANSWERED -> {
        given.scheduler.advance(Duration.ofMillis(500));
        given.beat(ID);
        given.scheduler.advance(Duration.ofMillis(600));
      }
      case WRONGED -> wrong(given, from);
      case OVERDUE -> beatWhile(given, 20);
      case FLAG_LOST -> given.loseFlag(ID);
    }
  }

  /// Lets membership have it as quarantined though it is well, for longer than a release takes.
  private static void wrong(WardOnTest given, Condition from) {
    given.watch(
        Members.serving(ID, "a").withState(InstanceState.QUARANTINED),
        Members.serving(CALLER, "a"));
    for (int step = 0; step < 23; step++) {
      given.scheduler.advance(Duration.ofMillis(100));
      given.beat(CALLER);
      if (from == Condition.BEATING && step % 8 == 0) {
        given.beat(ID);
      } else if (from == Condition.ANSWERING && given.isAsked(ID)) {
        given.answer(ID);
      }
    }
  }
}
