package dev.myelin.orchestrator;

import io.fabric8.kubernetes.api.model.Quantity;
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

  static void quantity(String property, String found) {
    boolean positive;
    try {
      positive = new Quantity(found).getNumericalAmount().signum() > 0;
    } catch (IllegalArgumentException _) {
      positive = false;
    }
    if (!positive) {
      throw new IllegalArgumentException(
          "Property '%s' is '%s' but must be a quantity as Kubernetes writes it, such as 250m or 512Mi, and more than 0"
              .formatted(property, found));
    }
  }
}
