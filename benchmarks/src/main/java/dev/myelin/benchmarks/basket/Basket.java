package dev.myelin.benchmarks.basket;

import java.io.Serializable;
import java.util.List;

/// What a customer wants priced: the argument of the measured call.
///
/// Serializable because Dubbo's default codec demands it.
///
/// @param customer who asks
/// @param lines what is bought; copied
public record Basket(String customer, List<Line> lines) implements Serializable {
  public Basket {
    lines = List.copyOf(lines);
  }
}
