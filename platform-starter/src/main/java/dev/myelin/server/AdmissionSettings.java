package dev.myelin.server;

import java.time.Duration;

/// How many calls wait at an instance, and how long.
///
/// @param queue most calls of a service that wait; 0 = as many as may run, at least 128
/// @param longestWait how long one waits at most, if its deadline is not nearer
/// @param adaptive whether fewer calls than the concurrency run at a time where more make all
///   slower
public record AdmissionSettings(int queue, Duration longestWait, boolean adaptive) {

  /// Checks the limits.
  public AdmissionSettings {
    if (queue < 0 || longestWait.isNegative()) {
      throw new IllegalArgumentException(
          "queue (%d) and longest-wait (%s) must be at least 0".formatted(queue, longestWait));
    }
  }

  /// A queue as long as the concurrency, half a minute at most, a fixed limit.
  public static AdmissionSettings defaults() {
    return new AdmissionSettings(0, Duration.ofSeconds(30), false);
  }
}
