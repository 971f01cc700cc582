package dev.myelin.wire;

import java.time.Instant;
import java.util.List;

/// The last failed start of a service, kept until an instance of it has served for long enough.
///
/// @param service which service; [ServiceNames#FRONT] for a front
/// @param version of which version the instance was
/// @param id which instance
/// @param at when it was noticed
/// @param what what happened, and when the next start is tried
/// @param lines the last lines of its output
public record StartFailure(
    String service, String version, InstanceId id, Instant at, String what, List<String> lines) {

  /// Copies the lines.
  public StartFailure {
    lines = List.copyOf(lines);
  }
}
