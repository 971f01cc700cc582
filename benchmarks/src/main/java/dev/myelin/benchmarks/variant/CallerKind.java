package dev.myelin.benchmarks.variant;

import java.util.Locale;

/// Who makes the calls of a closed loop.
public enum CallerKind {
  /// Virtual threads that wait for each reply.
  VIRTUAL,
  /// Platform threads that wait for each reply.
  PLATFORM,
  /// No thread: the next call starts where the last one's future ended.
  ASYNC;

  /// Returns the name in options and tables.
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
