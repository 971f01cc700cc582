package dev.myelin.benchmarks.pieces;

import static org.assertj.core.api.Assertions.assertThat;

import dev.myelin.benchmarks.basket.Orders;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

final class PiecesTests {

  @ParameterizedTest
  @EnumSource(dev.myelin.Strategy.class)
  void everyStrategyChooses(dev.myelin.Strategy strategy) {
    var state = new PickPiece.Choosing();
    state.strategy = strategy.name();
    state.join();

    assertThat(new PickPiece().pick(state)).isNotNull();
  }

  @Test
  void codecReadsWhatItWrites() {
    var basket = new CodecPiece.Coding();
    basket.prepare();
    var quote = new CodecPiece.Coding();
    quote.value = "quote";
    quote.prepare();

    assertThat(new CodecPiece().read(basket)).isEqualTo(Orders.of(1).at(0).basket());
    assertThat(new CodecPiece().read(quote)).isEqualTo(Orders.of(1).at(0).expected());
  }

  @ParameterizedTest
  @ValueSource(strings = {"bean", "stand-in", "client"})
  void callIsAnsweredByWhatStandsBehindTheService(String behind) {
    var state = new StandInPiece.Calling();
    state.behind = behind;
    state.open();
    try {
      for (var i = 0; i < 3; i++) {
        assertThat(new StandInPiece().price(state)).isEqualTo(Orders.of(1).at(0).expected());
      }
    } finally {
      state.close();
    }
  }
}
