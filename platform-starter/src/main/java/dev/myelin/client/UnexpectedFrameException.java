package dev.myelin.client;

import dev.myelin.wire.Frame;

/// Says that the peer sent what does not belong to the call that it names; the connection is closed
/// with the message.
final class UnexpectedFrameException extends RuntimeException {

  UnexpectedFrameException(Frame frame, String expected) {
    super(
        "a frame of kind %s came instead of %s"
            .formatted(frame.getClass().getSimpleName(), expected));
  }

  private UnexpectedFrameException(String message) {
    super(message);
  }

  static UnexpectedFrameException withoutCredit() {
    return new UnexpectedFrameException("more items of a stream came than were asked for");
  }
}
