package dev.myelin.benchmarks.basket;

/// The measured service.
public interface PriceList {

  /// Prices a basket.
  Quote price(Basket basket);
}
