package dev.myelin.transport;

import dev.myelin.wire.Frame;

/// One connection after its handshake. Thread-safe.
public interface Connection {

  /// What the peer said of itself.
  Frame.Hello peer();

  /// Whom it connects with, for messages.
  String remote();

  /// Whether it still carries frames.
  boolean open();

  /// Queues a frame; frames of one thread leave in order. Never blocks.
  ///
  /// @param frame what to send
  /// @throws dev.myelin.CallException that the call did not run, if the connection is closed
  ///   (`UNAVAILABLE`), the peer reads too slowly for what is already queued (`RESOURCE_EXHAUSTED`)
  ///   or the frame is longer than the peer takes (`INVALID_ARGUMENT`); the frame was then not
  ///   queued
  void send(Frame frame);

  /// Closes it once what is queued has been sent, or could not be for a while; the listener is
  /// told.
  ///
  /// @param reason why, for people
  void close(String reason);

  /// Closes it in the same way, because this process has no more use for it: the peer did nothing
  /// wrong.
  ///
  /// @param reason why, for people
  default void leave(String reason) {
    close(reason);
  }
}
