package dev.myelin.wire;

/// What a process of a cluster is.
public enum Role {
  /// Has the application's controllers, runners and schedules, and hosts no service.
  FRONT,
  /// Hosts services of the application.
  INSTANCE,
  /// Hosts core services.
  CORE
}
