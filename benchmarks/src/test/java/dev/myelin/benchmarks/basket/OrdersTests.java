package dev.myelin.benchmarks.basket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.List;
import org.junit.jupiter.api.Test;

final class OrdersTests {

  @Test
  void ordersOfOneSeedAreAlwaysTheSame() {
    assertThat(Orders.of(5).all()).isEqualTo(Orders.of(5).all()).isNotEqualTo(Orders.of(6).all());
  }

  @Test
  void ordersHaveTenLinesEachAndRepeatForEver() {
    var orders = Orders.of(5);

    assertThat(orders.all()).hasSize(Orders.COUNT).doesNotHaveDuplicates();
    assertThat(orders.all()).allSatisfy(order -> assertThat(order.basket().lines()).hasSize(10));
    assertThat(orders.at(Orders.COUNT + 3)).isSameAs(orders.at(3));
    assertThat(orders.at(Integer.MAX_VALUE)).isSameAs(orders.at(Orders.COUNT - 1));
    assertThat(orders.at(Integer.MIN_VALUE)).isSameAs(orders.at(0));
  }

  @Test
  void verifyWhenTheReplyIsAnotherThrowsNamingBoth() {
    var order = Orders.of(5).at(0);

    order.verify(order.expected());
    assertThatExceptionOfType(WrongReplyException.class)
        .isThrownBy(() -> order.verify(new Quote(1, "EUR", false)))
        .withMessageContaining("totalCents=1")
        .withMessageContaining(order.expected().toString());
  }

  @Test
  void priceTakesATwentiethOffFromTheLimitOn() {
    var prices = new SummingPriceList();

    assertThat(prices.price(basket(SummingPriceList.DISCOUNT_FROM_CENTS - 1)))
        .isEqualTo(new Quote(SummingPriceList.DISCOUNT_FROM_CENTS - 1, "EUR", false));
    assertThat(prices.price(basket(SummingPriceList.DISCOUNT_FROM_CENTS)))
        .isEqualTo(new Quote(SummingPriceList.DISCOUNT_FROM_CENTS / 20 * 19, "EUR", true));
    assertThat(prices.price(new Basket("nobody", List.of()))).isEqualTo(new Quote(0, "EUR", false));
  }

  @Test
  void ordersGetBothKindsOfQuotes() {
    assertThat(Orders.of(1).all())
        .extracting(order -> order.expected().discounted())
        .contains(true, false);
  }

  private static Basket basket(long cents) {
    return new Basket("somebody", List.of(new Line("SKU", 1, cents)));
  }
}
