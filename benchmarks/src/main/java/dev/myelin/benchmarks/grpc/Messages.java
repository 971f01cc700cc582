package dev.myelin.benchmarks.grpc;

import dev.myelin.benchmarks.basket.Basket;
import dev.myelin.benchmarks.basket.Line;
import dev.myelin.benchmarks.basket.Quote;
import dev.myelin.benchmarks.grpc.proto.BasketMessage;
import dev.myelin.benchmarks.grpc.proto.LineMessage;
import dev.myelin.benchmarks.grpc.proto.QuoteMessage;

/// Turns the call's types into their protobuf messages and back, as an application with types of
/// its own does.
final class Messages {

  private Messages() {}

  static BasketMessage message(Basket basket) {
    var message = BasketMessage.newBuilder().setCustomer(basket.customer());
    for (var line : basket.lines()) {
      message.addLines(
          LineMessage.newBuilder()
              .setSku(line.sku())
              .setQuantity(line.quantity())
              .setUnitPriceCents(line.unitPriceCents()));
    }
    return message.build();
  }

  static Basket basket(BasketMessage message) {
    return new Basket(
        message.getCustomer(),
        message.getLinesList().stream()
            .map(line -> new Line(line.getSku(), line.getQuantity(), line.getUnitPriceCents()))
            .toList());
  }

  static QuoteMessage message(Quote quote) {
    return QuoteMessage.newBuilder()
        .setTotalCents(quote.totalCents())
        .setCurrency(quote.currency())
        .setDiscounted(quote.discounted())
        .build();
  }

  static Quote quote(QuoteMessage message) {
    return new Quote(message.getTotalCents(), message.getCurrency(), message.getDiscounted());
  }
}
