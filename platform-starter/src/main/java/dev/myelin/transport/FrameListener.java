package dev.myelin.transport;

import dev.myelin.wire.Frame;

/// Told what a connection brings, in order, on a thread of the transport: it must not block.
public interface FrameListener {

  /// A frame arrived.
  ///
  /// @param connection from whom
  /// @param frame what
  void received(Connection connection, Frame frame);

  /// A connection opened: its handshake is done.
  ///
  /// @param connection the connection
  default void opened(Connection connection) {}

  /// A frame that was queued will not be sent, because the connection ends; told before [#closed].
  ///
  /// @param connection which
  /// @param frame of which no byte has left
  default void unsent(Connection connection, Frame frame) {}

  /// The way that a connection takes is about to end, while the peer stays: what is new had better
  /// take another one, and whoever has no more use for the connection leaves it.
  ///
  /// @param connection which
  default void ending(Connection connection) {}

  /// The connection ended; nothing follows.
  ///
  /// @param connection which
  /// @param reason why, for people
  void closed(Connection connection, String reason);
}
