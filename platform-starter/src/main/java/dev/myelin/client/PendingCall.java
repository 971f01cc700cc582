package dev.myelin.client;

import dev.myelin.Deadline;
import dev.myelin.wire.Frame;
import org.jspecify.annotations.Nullable;

/// A call that waits for frames of its connection. Called on the transport's thread; never blocks.
interface PendingCall {

  /// When it has to have ended; null if it may take as long as it does.
  @Nullable Deadline due();

  /// Takes a frame that belongs to the call.
  ///
  /// @return whether it was the last one
  /// @throws UnexpectedFrameException if the peer may not send it
  boolean received(Frame frame);

  /// Ends the call because nothing will come any more.
  void lost(Outcome.Failed failure);
}
