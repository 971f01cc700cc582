package dev.myelin.client.pick;

import java.time.Duration;

/// When an instance that fails a caller is left out by that caller.
///
/// @param failures attempts in a row without an answer that eject an instance
/// @param baseTime how long the first ejection lasts; each further one twice as long
/// @param maxTime how long one lasts at most
public record EjectionSettings(int failures, Duration baseTime, Duration maxTime) {

  // twice as many nanoseconds are still a long
  private static final Duration LONGEST = Duration.ofDays(365);

  /// Checks the limits.
  public EjectionSettings {
    if (failures < 1
        || !baseTime.isPositive()
        || maxTime.compareTo(baseTime) < 0
        || maxTime.compareTo(LONGEST) > 0) {
      throw new IllegalArgumentException(
          "failures (%d) must be at least 1, base-time (%s) more than 0, max-time (%s) at least that and at most %d days"
              .formatted(failures, baseTime, maxTime, LONGEST.toDays()));
    }
  }

  /// Five in a row; one second, up to a minute.
  public static EjectionSettings defaults() {
    return new EjectionSettings(5, Duration.ofSeconds(1), Duration.ofMinutes(1));
  }
}
