package dev.myelin.wire;

import java.time.Duration;
import java.time.Instant;

/// What an instance says of its drain, when it is over and before the process ends.
///
/// @param id which instance
/// @param calls what became of its calls
/// @param callers whom it told
/// @param beganAt when it began to refuse new calls
/// @param took from then until nothing ran any more
public record DrainReport(
    InstanceId id, Calls calls, Callers callers, Instant beganAt, Duration took) {

  /// Calls of the application's services, from the beginning of the drain on.
  ///
  /// @param finished those in flight that ended by themselves
  /// @param refused those that came later and were sent elsewhere before they ran
  /// @param cut those that still ran at the limit and were cancelled
  public record Calls(long finished, long refused, long cut) {}

  /// Processes that were connected.
  ///
  /// @param connected how many connections there were when the drain began
  /// @param acknowledged how many of the last ones said that they send no calls any more
  public record Callers(int connected, int acknowledged) {}
}
