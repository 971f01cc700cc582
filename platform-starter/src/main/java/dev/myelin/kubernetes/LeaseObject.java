package dev.myelin.kubernetes;

import java.time.Duration;

/// A Lease as the API has it.
///
/// @param uid of the object: another one after it was deleted and created again
/// @param version changes with each write, by whomever
/// @param content what it says
public record LeaseObject(String uid, String version, Content content) {

  /// What a Lease says.
  ///
  /// @param holder who holds it; empty = nobody
  /// @param epoch grows each time somebody gets it: the Lease's `leaseTransitions`
  /// @param duration how long others wait after a write before they take it
  public record Content(String holder, long epoch, Duration duration) {}
}
