package dev.myelin.benchmarks.myelin;

import dev.myelin.benchmarks.basket.Basket;
import dev.myelin.benchmarks.basket.PriceList;
import dev.myelin.benchmarks.basket.Quote;
import java.util.concurrent.CompletableFuture;

/// The bean behind the service, wherever it is hosted.
///
/// @param prices what it asks
public record PriceListBean(PriceList prices) implements PriceListService {

  @Override
  public Quote price(Basket basket) {
    return prices.price(basket);
  }

  @Override
  public CompletableFuture<Quote> quote(Basket basket) {
    return CompletableFuture.completedFuture(prices.price(basket));
  }
}
