package dev.myelin.faults;

/// How a connection is cut.
public enum Ending {
  /// Both sides read what has passed, then the end of the stream, as if the other had closed.
  FIN,
  /// Both sides get a reset, which may overtake what has passed but was not read.
  RST
}
