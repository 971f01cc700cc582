package dev.myelin.samples.shapes.contract;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;

/// What a customer asks for.
///
/// @param customer who
/// @param placed when
/// @param lines what
public record Order(String customer, LocalDate placed, List<Line> lines) {

  /// Copies the lines.
  public Order {
    lines = List.copyOf(lines);
  }

  /// One product of an order.
  ///
  /// @param product its name
  /// @param pieces how many
  /// @param price of one
  public record Line(String product, int pieces, BigDecimal price) {}
}
