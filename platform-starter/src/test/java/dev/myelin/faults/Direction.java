package dev.myelin.faults;

/// Which way bytes pass a proxy.
public enum Direction {
  /// From whoever connected.
  TO_SERVER,
  /// From the server behind the proxy.
  TO_CLIENT
}
