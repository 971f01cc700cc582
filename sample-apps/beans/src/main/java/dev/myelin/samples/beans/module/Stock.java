package dev.myelin.samples.beans.module;

/// All that other modules see.
public interface Stock {

  /// How many there are.
  ///
  /// @param item of what
  int of(String item);
}
