package dev.myelin.wire;

/// What may be sent to an instance.
public enum InstanceState {
  /// Spawned, not yet registered: nothing.
  STARTING,
  /// Registered and answering: new calls.
  SERVING,
  /// Silent or complained about: no new calls while others serve; reversible.
  QUARANTINED,
  /// About to leave: no new calls; those in flight finish.
  DRAINING
}
