package dev.myelin.faults;

/// What becomes of those who connect to a proxy.
public enum Door {
  /// They are connected with the server.
  OPEN,
  /// Their connection is accepted, and then nothing happens.
  SILENT,
  /// Their connection is refused.
  REFUSE
}
