package dev.myelin.benchmarks.dubbo;

import dev.myelin.benchmarks.basket.Basket;
import dev.myelin.benchmarks.basket.Quote;
import java.util.concurrent.CompletableFuture;

/// The price list as Dubbo wants it declared where the caller is not to wait.
///
/// Public because the classes that Dubbo generates call it.
public interface AsyncPriceList {

  /// Starts to price a basket.
  CompletableFuture<Quote> price(Basket basket);
}
