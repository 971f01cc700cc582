package dev.myelin.transport;

/// How long the peer of one connection has said nothing: after one interval it is to be pinged,
/// after a second one it is gone. Used by the connection's event loop.
final class Silence {

  /// Bytes in an interval by which a peer in the middle of a long frame is seen to be alive.
  private static final int LEAST_PROGRESS = 16 * 1024;

  private boolean heard = true;
  private boolean pinged;

  /// What an interval came to.
  enum Verdict {
    /// It said something.
    ALIVE,
    /// It is to be asked.
    PING,
    /// It was asked and did not answer.
    GONE
  }

  /// The peer has said or read something.
  void broken() {
    heard = true;
  }

  /// Ends an interval.
  ///
  /// @param arrived bytes that came in it, of whole frames or not
  Verdict interval(long arrived) {
    if (heard || arrived >= LEAST_PROGRESS) {
      heard = false;
      pinged = false;
      return Verdict.ALIVE;
    }
    if (pinged) {
      return Verdict.GONE;
    }
    pinged = true;
    return Verdict.PING;
  }
}
