package dev.myelin.client;

/// How much of its load a caller may repeat.
///
/// @param ratio retries that each call earns, from 0 to 1
/// @param floor retries a second that there are in any case
/// @param reserve most retries that are saved up
public record BudgetSettings(double ratio, double floor, int reserve) {

  /// Checks the limits.
  public BudgetSettings {
    if (!(ratio >= 0 && ratio <= 1) || !(floor >= 0) || reserve < 1) {
      throw new IllegalArgumentException(
          "ratio (%s) must be from 0 to 1, floor (%s) at least 0, reserve (%d) at least 1"
              .formatted(ratio, floor, reserve));
    }
  }

  /// One for twelve and a half calls, one a second at least, a hundred saved up.
  public static BudgetSettings defaults() {
    return new BudgetSettings(0.08, 1, 100);
  }
}
