package dev.myelin.samples.boot40;

import java.math.BigDecimal;
import java.util.List;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/// Adds prices up.
@RestController
class Basket {

  private final Prices prices;

  Basket(Prices prices) {
    this.prices = prices;
  }

  @GetMapping("/total")
  BigDecimal total(@RequestParam List<String> items) {
    return prices.of(items).stream()
        .map(Prices.Price::price)
        .reduce(BigDecimal.ZERO, BigDecimal::add);
  }
}
