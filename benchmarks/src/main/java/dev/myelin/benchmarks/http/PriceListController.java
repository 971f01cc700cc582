package dev.myelin.benchmarks.http;

import dev.myelin.benchmarks.basket.Basket;
import dev.myelin.benchmarks.basket.PriceList;
import dev.myelin.benchmarks.basket.Quote;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/// The price list as a web application.
@RestController
@EnableAutoConfiguration
class PriceListController {
  private final PriceList prices;

  PriceListController(PriceList prices) {
    this.prices = prices;
  }

  @PostMapping("/price")
  Quote price(@RequestBody Basket basket) {
    return prices.price(basket);
  }
}
