package dev.myelin.storage.memcached;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

final class DoubtsTests {

  private final AtomicInteger lost = new AtomicInteger();
  private final Doubts doubts = new Doubts(lost::incrementAndGet);

  @Test
  void keyIsDoubtedUntilItIsReplacedOrRemoved() {
    doubts.add("a");
    doubts.add("b");
    doubts.addCounter("count");
    assertThat(doubts.of("a")).isTrue();
    assertThat(doubts.of("count")).isTrue();
    assertThat(doubts.of("c")).isFalse();

    doubts.replaced("a");
    var keys = doubts.keys();
    assertThat(keys.values()).containsExactly("b");
    assertThat(keys.counters()).containsExactly("count");
    doubts.add("later");
    doubts.settled(keys);

    assertThat(doubts.of("b")).isFalse();
    assertThat(doubts.of("count")).isFalse();
    assertThat(doubts.of("later")).isTrue();
    assertThat(doubts.any()).isTrue();
    assertThat(lost).hasValue(0);
  }

  @Test
  void tooManyAreForgottenOnlyOnceTheNodeIsEmpty() {
    for (int i = 0; i <= 10_000; i++) {
      doubts.add("k" + i);
    }
    assertThat(lost).hasValue(1);

    assertThat(doubts.takeTooMany()).isTrue();
    doubts.lose(); // the emptying failed
    doubts.settled(doubts.keys());

    assertThat(doubts.any()).isTrue();
    assertThat(doubts.takeTooMany()).isTrue();
    assertThat(doubts.any()).isFalse();
  }
}
