package dev.myelin.wire;

import java.util.Set;

/// Who has not yet applied a version of the membership.
///
/// @param version the version asked about
/// @param pending subscribers that are connected, want what changed and have not acknowledged it
public record Acknowledgement(long version, Set<InstanceId> pending) {

  /// Copies the ids.
  public Acknowledgement {
    pending = Set.copyOf(pending);
  }

  /// Whether every connected subscriber acts on the version.
  public boolean complete() {
    return pending.isEmpty();
  }
}
