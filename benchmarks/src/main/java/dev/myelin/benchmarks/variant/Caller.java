package dev.myelin.benchmarks.variant;

import dev.myelin.benchmarks.basket.Basket;
import dev.myelin.benchmarks.basket.Quote;
import java.util.concurrent.CompletableFuture;

/// The client side of a [Variant], as the code of an application would hold it.
///
/// Safe to be called from any number of threads at a time.
public sealed interface Caller extends AutoCloseable {

  /// Gives up the connections. What is in flight may fail.
  @Override
  void close();

  /// Waits for each reply.
  non-sealed interface Blocking extends Caller {

    /// Makes one call and returns its result.
    Quote price(Basket basket);
  }

  /// Waits for none.
  non-sealed interface Async extends Caller {

    /// Starts one call; the future ends with its result, on a thread of the variant's choice.
    CompletableFuture<Quote> price(Basket basket);
  }
}
