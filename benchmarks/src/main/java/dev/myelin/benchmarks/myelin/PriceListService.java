package dev.myelin.benchmarks.myelin;

import dev.myelin.Microservice;
import dev.myelin.Operation;
import dev.myelin.benchmarks.basket.Basket;
import dev.myelin.benchmarks.basket.PriceList;
import dev.myelin.benchmarks.basket.Quote;
import java.util.concurrent.CompletableFuture;

/// The price list as a user of Myelin annotates it, with an operation for callers that do not wait.
@Microservice("price-list")
public interface PriceListService extends PriceList {

  /// Starts to price a basket; so cheap that it may run where its call is read.
  @Operation(inline = true)
  CompletableFuture<Quote> quote(Basket basket);
}
