package dev.myelin.transport;

import dev.myelin.wire.Frame;

/// Says that a peer broke the protocol; the connection is closed with the message.
final class ProtocolException extends RuntimeException {

  private ProtocolException(String message) {
    super(message);
  }

  static ProtocolException tooLong(long length, int limit) {
    return new ProtocolException(
        "A frame of %,d bytes was announced, but at most %,d are taken; see 'myelin.wire.max-frame-size'"
            .formatted(length, limit));
  }

  static ProtocolException helloTooLong(long length, int limit) {
    return new ProtocolException(
        "A hello of %,d bytes was announced, but at most %,d are taken".formatted(length, limit));
  }

  static ProtocolException tooSlow(int bytes) {
    return new ProtocolException(
        "Frames that have not come whole take too much memory, and the one of this connection, of which %,d bytes are here, has taken longest; send smaller ones, or fewer at a time"
            .formatted(bytes));
  }

  static ProtocolException notMyelin() {
    return new ProtocolException(
        "The peer does not speak Myelin's protocol: its first bytes are not those of a hello");
  }

  static ProtocolException tls() {
    return new ProtocolException(
        "The peer speaks TLS, which this process does not; set 'myelin.ssl.bundle' here, too, or 'myelin.ssl.enabled=false' there");
  }

  static ProtocolException version(int found) {
    return new ProtocolException(
        "A hello in version %d of the protocol came to a side that speaks version %d; run builds of the same release on both sides"
            .formatted(found, Frame.Hello.VERSION));
  }

  static ProtocolException malformed(String what) {
    return new ProtocolException("Malformed frame: " + what);
  }

  static ProtocolException unexpected(Frame frame) {
    return new ProtocolException(
        "A frame of kind %s cannot come now".formatted(frame.getClass().getSimpleName()));
  }
}
