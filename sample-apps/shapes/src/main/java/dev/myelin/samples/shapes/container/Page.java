package dev.myelin.samples.shapes.container;

import java.util.List;
import java.util.Optional;

/// Part of a long list.
///
/// @param <T> type of the rows
/// @param rows the rows of this page
/// @param number of this page, from 0
/// @param next number of the page behind it, if there is one
public record Page<T>(List<T> rows, int number, Optional<Integer> next) {

  /// Copies the rows.
  public Page {
    rows = List.copyOf(rows);
  }
}
