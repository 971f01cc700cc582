package dev.myelin.wire;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// What a stethoscope knows of one instance.
///
/// @param id which instance
/// @param health its verdict
/// @param age time since the last heartbeat, or since it was first heard of
/// @param heartbeat the last one, if there was one
public record Reading(InstanceId id, Health health, Duration age, @Nullable Heartbeat heartbeat) {

  /// Verdict on an instance.
  public enum Health {
    /// Beats or answers.
    HEALTHY,
    /// Silent; asked directly.
    QUARANTINED,
    /// Did not answer either; to be replaced.
    FLAGGED
  }
}
