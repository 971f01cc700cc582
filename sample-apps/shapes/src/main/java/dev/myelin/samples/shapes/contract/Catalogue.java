package dev.myelin.samples.shapes.contract;

import java.util.List;

/// A generic contract; what extends it says what it holds.
///
/// @param <T> type of the items
public interface Catalogue<T> {

  /// Gives the item of that name.
  ///
  /// @param name its name
  T item(String name);

  /// Names items in the order given.
  ///
  /// @param items which
  List<String> names(List<? extends T> items);
}
