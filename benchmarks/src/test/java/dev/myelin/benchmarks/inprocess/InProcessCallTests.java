package dev.myelin.benchmarks.inprocess;

import static org.assertj.core.api.Assertions.assertThat;

import dev.myelin.benchmarks.basket.Orders;
import dev.myelin.benchmarks.inprocess.Comparison.Time;
import org.junit.jupiter.api.Test;

final class InProcessCallTests {

  @Test
  void hostedBeanIsOfTheClassOfThePlainOne() {
    assertThat(InProcessCall.sameClass()).isTrue();
  }

  @Test
  void hostedBeanAnswersAsThePlainOneDoes() {
    var state = new CallState();
    state.origin = CallState.HOSTED;
    state.open();
    try {
      assertThat(state.price()).isEqualTo(Orders.of(1).at(0).expected());
    } finally {
      state.close();
    }
  }

  @Test
  void comparisonIsMetWithinTheErrorAndForOneClassOnly() {
    var plain = new Time(20, 1);

    assertThat(new Comparison(plain, new Time(22, 1), true).met()).isTrue();
    assertThat(new Comparison(plain, new Time(15, 0.1), true).met()).isTrue();
    assertThat(new Comparison(plain, new Time(22.5, 1), true).met()).isFalse();
    assertThat(new Comparison(plain, new Time(20, 1), false).met()).isFalse();
  }

  @Test
  void comparisonSaysBothTimes() {
    assertThat(new Comparison(new Time(20, 1), new Time(20.04, 0.5), true))
        .hasToString(
            "met     P3 a hosted service in its own process is the bean itself:"
                + " plain 20.0 ns (+- 1.0), hosted 20.0 ns (+- 0.5), one class");
  }
}
