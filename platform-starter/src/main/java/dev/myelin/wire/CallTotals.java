package dev.myelin.wire;

/// Calls that left a process since it started.
///
/// @param made calls that ended, counting each once however many attempts it took
/// @param retried attempts beyond the first of a call
/// @param failed calls that ended with a failure of the call itself (not with an exception of the
///   operation)
public record CallTotals(long made, long retried, long failed) {

  /// No calls.
  public static final CallTotals NONE = new CallTotals(0, 0, 0);

  /// Adds another process's.
  ///
  /// @param other the other totals
  public CallTotals plus(CallTotals other) {
    return new CallTotals(made + other.made, retried + other.retried, failed + other.failed);
  }
}
