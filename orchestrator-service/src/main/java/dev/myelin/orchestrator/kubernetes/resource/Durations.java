package dev.myelin.orchestrator.kubernetes.resource;

import java.time.Duration;
import java.util.regex.Pattern;

/// Durations as Kubernetes and Spring Boot both write them: `500ms`, `30s`, `1m30s`.
final class Durations {

  private static final Pattern WHOLE = Pattern.compile("([0-9]+(ms|s|m|h))+");
  private static final Pattern PART = Pattern.compile("([0-9]+)(ms|s|m|h)");

  private Durations() {}

  static Duration parse(String what, String text) {
    if (!WHOLE.matcher(text).matches()) {
      throw new IllegalArgumentException(
          "%s is '%s' but must be a number with ms, s, m or h, such as 30s or 1m30s"
              .formatted(what, text));
    }
    var sum = Duration.ZERO;
    try {
      for (var parts = PART.matcher(text); parts.find(); ) {
        long number = Long.parseLong(parts.group(1));
        sum = sum.plus(part(number, parts.group(2)));
      }
    } catch (ArithmeticException | NumberFormatException e) {
      throw new IllegalArgumentException("%s is '%s', which is too long".formatted(what, text), e);
    }
    if (sum.isZero()) {
      throw new IllegalArgumentException(
          "%s is '%s' but must be more than 0".formatted(what, text));
    }
    return sum;
  }

  private static Duration part(long number, String unit) {
    return switch (unit) {
      case "ms" -> Duration.ofMillis(number);
      case "s" -> Duration.ofSeconds(number);
      case "m" -> Duration.ofMinutes(number);
      default -> Duration.ofHours(number);
    };
  }
}
