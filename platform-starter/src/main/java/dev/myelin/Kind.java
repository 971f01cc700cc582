package dev.myelin;

/// Shape of a service's workload on Kubernetes; without effect in the other modes.
public enum Kind {
  /// Interchangeable instances.
  DEPLOYMENT,
  /// Instances with a stable identity and storage.
  STATEFUL_SET,
  /// One instance on every node.
  DAEMON_SET
}
