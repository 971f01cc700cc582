package dev.myelin.server;

import java.time.Duration;

/// How many calls wait at an instance, and how long.
///
/// @param queue most calls of a service that wait; 0 = as many as may run, at least 128
/// @param longestWait how long one waits at most, if its deadline is not nearer
/// @param adaptive whether fewer calls than the concurrency run at a time where more make all
///   slower
/// @param bounds of what callers can make the process keep
public record AdmissionSettings(int queue, Duration longestWait, boolean adaptive, Bounds bounds) {

  /// What callers can make the process keep, whichever services they call.
  ///
  /// @param callsPerConnection calls and streams that are open at a time on one connection
  /// @param argumentBytes bytes of the arguments of all calls that run or wait
  public record Bounds(int callsPerConnection, long argumentBytes) {

    private static final int DEFAULT_CALLS = 65_536;
    private static final int LEAST_FRAMES = 4;

    /// Checks the limits.
    public Bounds {
      if (callsPerConnection < 1 || argumentBytes < 1) {
        throw new IllegalArgumentException(
            "callsPerConnection (%d) and argumentBytes (%d) must be at least 1"
                .formatted(callsPerConnection, argumentBytes));
      }
    }

    /// A quarter of the process's memory for arguments, or room for four frames if that is more.
    ///
    /// @param callsPerConnection calls and streams that are open at a time on one connection
    /// @param maxFrame longest frame, in bytes
    public static Bounds of(int callsPerConnection, int maxFrame) {
      return new Bounds(
          callsPerConnection,
          Math.max((long) LEAST_FRAMES * maxFrame, Runtime.getRuntime().maxMemory() / 4));
    }
  }

  /// Checks the limits.
  public AdmissionSettings {
    if (queue < 0 || longestWait.isNegative()) {
      throw new IllegalArgumentException(
          "queue (%d) and longest-wait (%s) must be at least 0".formatted(queue, longestWait));
    }
  }

  /// The same with up to 65,536 calls a connection.
  ///
  /// @param queue most calls of a service that wait; 0 = as many as may run, at least 128
  /// @param longestWait how long one waits at most, if its deadline is not nearer
  /// @param adaptive whether fewer calls than the concurrency run at a time where more make all
  ///   slower
  public AdmissionSettings(int queue, Duration longestWait, boolean adaptive) {
    this(queue, longestWait, adaptive, Bounds.of(Bounds.DEFAULT_CALLS, 0));
  }

  /// A queue as long as the concurrency, half a minute at most, a fixed limit.
  public static AdmissionSettings defaults() {
    return new AdmissionSettings(0, Duration.ofSeconds(30), false);
  }
}
