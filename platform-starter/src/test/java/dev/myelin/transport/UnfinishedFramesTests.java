package dev.myelin.transport;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class UnfinishedFramesTests {

  private final AtomicLong now = new AtomicLong();
  private final UnfinishedFrames unfinished = new UnfinishedFrames(100, now::get);
  private final List<String> evicted = new ArrayList<>();

  @Test
  void shareWhenAllHoldTooMuchIsThatOfTheFrameThatHasTakenLongest() {
    var first = open("first");
    var second = open("second");
    var third = open("third");
    first.hold(40, false);
    now.set(1);
    second.hold(40, false);
    now.set(2);
    first.hold(41, true);

    third.hold(30, false);

    assertThat(evicted).containsExactly("second");
    assertThat(unfinished.total()).isEqualTo(71);
  }

  @Test
  void shareWhenItsConnectionEndsHoldsNothing() {
    var share = open("first");
    share.hold(90, false);

    share.close();
    share.hold(95, false);

    assertThat(unfinished.total()).isZero();
  }

  private UnfinishedFrames.Share open(String name) {
    return unfinished.open(() -> evicted.add(name));
  }
}
