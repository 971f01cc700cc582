package dev.myelin.autoconfigure;

import java.time.Duration;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;

/// Checks of property values; each failure names the property.
final class Limits {

  private Limits() {}

  static void atLeastOne(String property, int value) {
    if (value < 1) {
      throw new InvalidConfigurationPropertyValueException(
          property, value, "It must be at least 1.");
    }
  }

  static void positive(String property, Duration value) {
    if (!value.isPositive()) {
      throw new InvalidConfigurationPropertyValueException(
          property, value, "It must be more than 0.");
    }
  }

  static void notNegative(String property, Duration value) {
    if (value.isNegative()) {
      throw new InvalidConfigurationPropertyValueException(
          property, value, "It must not be negative.");
    }
  }

  static void atLeast(String property, Duration value, Duration least) {
    if (value.compareTo(least) < 0) {
      throw new InvalidConfigurationPropertyValueException(
          property, value, "It must be at least %s.".formatted(least));
    }
  }

  static void atMost(String property, Duration value, Duration most) {
    if (value.compareTo(most) > 0) {
      throw new InvalidConfigurationPropertyValueException(
          property, value, "It must be at most %s.".formatted(most));
    }
  }

  static void range(String property, double value, double least, double most) {
    if (!(value >= least && value <= most)) {
      throw new InvalidConfigurationPropertyValueException(
          property, value, "It must be from %s to %s.".formatted(least, most));
    }
  }
}
