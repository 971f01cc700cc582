package dev.myelin.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.myelin.benchmarks.basket.Basket;
import dev.myelin.benchmarks.basket.Orders;
import dev.myelin.benchmarks.basket.Quote;
import dev.myelin.benchmarks.basket.SummingPriceList;
import dev.myelin.benchmarks.variant.Caller;
import dev.myelin.benchmarks.variant.Row;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class VariantsTests {
  private static final Orders ORDERS = Orders.of(7);

  @ParameterizedTest
  @MethodSource
  void everyRowWhenCalledAnswersAsTheBeanDoes(Row row) throws Exception {
    var servedCalls = new AtomicInteger();
    var bean = new SummingPriceList();

    try (var serving =
            row.variant()
                .serve(basket -> {
                  servedCalls.incrementAndGet();
                  return bean.price(basket);
                });
        var caller = row.variant().connect(serving.port(), row.kind())) {
      for (var order : ORDERS.all()) {
        assertThat(price(caller, order.basket())).isEqualTo(order.expected());
      }
    }

    assertThat(servedCalls).hasValue(row.variant().name().equals("echo") ? 0 : Orders.COUNT);
  }

  static List<Row> everyRowWhenCalledAnswersAsTheBeanDoes() {
    return Variants.rows();
  }

  @Test
  void rowsHaveDistinctIds() {
    assertThat(Variants.rows()).extracting(Row::id).doesNotHaveDuplicates().contains("echo/async");
  }

  @Test
  void namedWhenOnlyTheVariantIsGivenReturnsAllItsRows() {
    assertThat(Variants.named("echo"))
        .extracting(Row::id)
        .containsExactly("echo/virtual", "echo/async");
    assertThat(Variants.named("echo/async")).extracting(Row::id).containsExactly("echo/async");
  }

  @Test
  void namedWhenThereIsNoneSaysWhichThereAre() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Variants.named("carrier-pigeon"))
        .withMessageContaining("'carrier-pigeon'")
        .withMessageContaining("dubbo-tri/async");
  }

  private static Quote price(Caller caller, Basket basket) throws Exception {
    return switch (caller) {
      case Caller.Blocking blocking -> blocking.price(basket);
      case Caller.Async async -> async.price(basket).get(10, TimeUnit.SECONDS);
    };
  }
}
