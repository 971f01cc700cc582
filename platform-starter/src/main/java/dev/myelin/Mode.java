package dev.myelin;

/// How an application runs: the property `myelin.mode`.
public enum Mode {
  /// One process; a service is its bean. The default.
  IN_PROCESS,
  /// JVMs of one machine, spawned by the orchestrator.
  PROCESS,
  /// Containers of one machine.
  DOCKER,
  /// Pods.
  KUBERNETES
}
