package dev.myelin.benchmarks.objects;

import static org.assertj.core.api.Assertions.assertThat;

import dev.myelin.benchmarks.objects.Observation.What;
import dev.myelin.benchmarks.objects.VersionChains.Faults;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// The judge sees what is planted, and nothing else.
final class VersionChainsTests {

  private static final int LONG = 200_000;

  private static Observation written(int session, String write, long number, String before) {
    return new Observation(session, 1, new What.Written(write, number, before));
  }

  private static Observation read(int session, long number, String last) {
    return new Observation(session, 1, new What.Read(number, last));
  }

  private static Observation unknown(String write) {
    return new Observation(3, 1, new What.Unknown(write));
  }

  private static Observation notWritten(String write) {
    return new Observation(3, 1, new What.NotWritten(write));
  }

  private static Faults faults(Observation... history) {
    return VersionChains.judge(List.of(history)).faults();
  }

  @Test
  void chainWhenWholeIsClean() {
    assertThat(
            faults(
                read(1, 0, ""),
                written(1, "a", 1, ""),
                written(2, "b", 2, "a"),
                notWritten("x"),
                unknown("c"),
                unknown("y"),
                written(1, "d", 4, "c"),
                read(2, 4, "d")))
        .isEqualTo(Faults.NONE);
  }

  @Test
  void holeWhenAnUnknownWriteCanFillItIsNone() {
    // two unknown writes in a row: only the second is named by what follows it
    assertThat(faults(unknown("a"), unknown("b"), written(1, "c", 3, "b"))).isEqualTo(Faults.NONE);
    assertThat(faults(unknown("b"), written(1, "c", 3, "b"))).isEqualTo(new Faults(1, 0, 0, 0));
  }

  @Test
  void updateWhenOverwrittenIsLostAndAFork() {
    var found = faults(written(1, "a", 1, ""), written(2, "b", 1, ""), read(1, 1, "b"));

    assertThat(found.forks()).isPositive();
    assertThat(found.lost()).isEqualTo(1);
  }

  @Test
  void updateWhenWrittenOverByABlindWriteIsLost() {
    // «b» was answered, but what came next follows «a» and has its number
    var found =
        faults(
            written(1, "a", 1, ""),
            written(2, "b", 2, "a"),
            written(3, "c", 2, "a"),
            read(1, 2, "c"));

    assertThat(found.forks()).isPositive();
    assertThat(found.lost()).isEqualTo(1);
  }

  @Test
  void branchWhenAWriteFollowsAnotherThanTheChainIsAFork() {
    assertThat(faults(written(1, "a", 1, ""), unknown("z"), written(2, "b", 2, "z")).forks())
        .isEqualTo(1);
    assertThat(faults(written(1, "a", 1, "z")).forks()).isEqualTo(1);
  }

  @Test
  void writeWhenItShouldNotBeThereIsAPhantom() {
    assertThat(faults(notWritten("a"), written(1, "b", 2, "a"))).isEqualTo(new Faults(0, 0, 1, 0));
    assertThat(faults(read(1, 1, "nobody's"))).isEqualTo(new Faults(0, 0, 1, 0));
    assertThat(faults(written(1, "a", 1, ""), written(2, "b", 2, "a"), written(1, "c", 4, "a")))
        .isEqualTo(new Faults(0, 0, 1, 0));
  }

  @Test
  void writesWhenNotLeftInTheEndAreLost() {
    var left = new Observation(9, 1, new What.Left(1, "a"));

    assertThat(faults(written(1, "a", 1, ""), left)).isEqualTo(Faults.NONE);
    assertThat(faults(written(1, "a", 1, ""), written(1, "b", 2, "a"), left))
        .isEqualTo(new Faults(1, 0, 0, 0));
  }

  @Test
  void readWhenOfLessThanTheSessionKnowsIsBackward() {
    assertThat(faults(written(1, "a", 1, ""), written(2, "b", 2, "a"), read(2, 1, "a")))
        .isEqualTo(new Faults(0, 0, 0, 1));
    assertThat(
            faults(
                written(1, "a", 1, ""), written(1, "b", 2, "a"), read(2, 2, "b"), read(2, 1, "a")))
        .isEqualTo(new Faults(0, 0, 0, 1));
    // another session may be behind
    assertThat(faults(written(1, "a", 1, ""), written(1, "b", 2, "a"), read(2, 1, "a")))
        .isEqualTo(Faults.NONE);
  }

  @Test
  void faultWhenInALongHistoryIsFound() {
    var history = new ArrayList<Observation>();
    for (int i = 1; i <= LONG; i++) {
      history.add(written(i % 50, "w" + i, i, i == 1 ? "" : "w" + (i - 1)));
    }
    assertThat(VersionChains.judge(history).clean()).isTrue();

    history.add(written(50, "planted", LONG / 2, "w" + (LONG / 2 - 1)));

    var judgement = VersionChains.judge(history);
    assertThat(judgement.faults().forks()).isEqualTo(1);
    assertThat(judgement.faults().lost()).isEqualTo(1);
    assertThat(judgement.examples().getFirst()).contains("planted");
  }
}
