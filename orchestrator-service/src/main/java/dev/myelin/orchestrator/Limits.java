package dev.myelin.orchestrator;

import java.time.Duration;

/// Checks of property values, each failing with the property's name and what was found.
final class Limits {

  private Limits() {}

  static void positive(String property, Duration found) {
    if (found.isNegative() || found.isZero()) {
      throw new IllegalArgumentException(
          "Property '%s' is %s but must be more than 0".formatted(property, found));
    }
  }

  static void notNegative(String property, Duration found) {
    if (found.isNegative()) {
      throw new IllegalArgumentException(
          "Property '%s' is %s but must be at least 0".formatted(property, found));
    }
  }

  static void atLeast(String property, int found, int least) {
    if (found < least) {
      throw new IllegalArgumentException(
          "Property '%s' is %d but must be at least %d".formatted(property, found, least));
    }
  }
}
