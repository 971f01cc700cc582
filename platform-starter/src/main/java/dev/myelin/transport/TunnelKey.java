package dev.myelin.transport;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/// What an answer to a WebSocket's request must show: that it was made for this one (RFC 6455,
/// 4.1).
///
/// @param asked what the request says
record TunnelKey(String asked) {

  private static final String WEB_SOCKET = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";

  static TunnelKey of(byte[] random) {
    return new TunnelKey(Base64.getEncoder().encodeToString(random));
  }

  boolean answeredBy(@Nullable String accept) {
    try {
      var digest =
          MessageDigest.getInstance("SHA-1")
              .digest((asked + WEB_SOCKET).getBytes(StandardCharsets.US_ASCII));
      return Base64.getEncoder().encodeToString(digest).equals(accept);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java has SHA-1", e);
    }
  }
}
