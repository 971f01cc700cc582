package dev.myelin.samples.boot40;

import dev.myelin.Microservice;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/// What things cost.
@Microservice(idempotent = true)
public class Prices {

  private static final Map<String, BigDecimal> PRICES =
      Map.of("tea", new BigDecimal("2.50"), "cake", new BigDecimal("3.20"));

  Prices() {}

  /// The price of one thing.
  ///
  /// @param item name of the thing
  /// @param price of one of it
  public record Price(String item, BigDecimal price) {}

  /// The prices of things, in their order.
  ///
  /// @throws UnknownItemException if one of them has no price
  public List<Price> of(List<String> items) {
    return items.stream().map(Prices::of).toList();
  }

  /// The price of one thing, some time.
  public CompletableFuture<Price> later(String item) {
    return CompletableFuture.supplyAsync(() -> of(item));
  }

  private static Price of(String item) {
    var price = PRICES.get(item);
    if (price == null) {
      throw new UnknownItemException(item);
    }
    return new Price(item, price);
  }
}
