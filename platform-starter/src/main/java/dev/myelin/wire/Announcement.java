package dev.myelin.wire;

/// A change of an instance's state, said by a core service.
///
/// @param id which instance
/// @param change what is said of it
/// @param reason why, for people
/// @param epoch epoch of the orchestrator's lease for [Change#DRAIN], 0 for the stethoscope's
///   changes and the instance's own; one older than the newest seen is refused
public record Announcement(InstanceId id, Change change, String reason, long epoch) {

  /// What may be said of an instance.
  public enum Change {
    /// It is about to leave: no new calls. Final.
    DRAIN,
    /// It is suspect: no new calls while others serve.
    QUARANTINE,
    /// It answers again.
    RELEASE,
    /// It says itself that it is about to leave: no new calls. Final.
    LEAVE
  }
}
