package dev.myelin.orchestrator.deploy;

import org.jspecify.annotations.Nullable;

/// How a process ended.
///
/// @param code its exit code; absent for a process that this JVM did not start
public record Exit(@Nullable Integer code) {

  private static final int SIGNALLED = 128;

  /// Says it in words.
  public String text() {
    if (code == null) {
      return "ended";
    }
    return code > SIGNALLED
        ? "ended by signal " + (code - SIGNALLED)
        : "ended with exit code " + code;
  }
}
