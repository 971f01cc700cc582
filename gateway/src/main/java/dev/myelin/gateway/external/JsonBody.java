package dev.myelin.gateway.external;

import dev.myelin.gateway.problem.Problem;
import dev.myelin.gateway.problem.ProblemException;
import dev.myelin.gateway.problem.ProblemType;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import org.springframework.http.MediaType;
import org.springframework.util.unit.DataSize;
import org.springframework.web.servlet.function.ServerRequest;

/// Takes the body of a request whose content must be JSON.
///
/// @param max largest body taken
record JsonBody(DataSize max) {

  /// Reads the body, never more than one byte beyond the limit.
  ///
  /// @return empty if the request has none
  /// @throws ProblemException if it is too large or not JSON's kind of text
  /// @throws IOException if the client breaks off
  String read(ServerRequest request) throws IOException {
    var type = request.headers().contentType();
    type.filter(each -> !json(each)).ifPresent(each -> refuseType("'" + each + "'"));
    if (request.headers().contentLength().orElse(0) > max.toBytes()) {
      throw tooLarge();
    }
    var most = Math.toIntExact(max.toBytes() + 1);
    var body = request.servletRequest().getInputStream().readNBytes(most);
    if (body.length == most) {
      throw tooLarge();
    }
    if (body.length > 0 && type.isEmpty()) {
      refuseType("without a Content-Type");
    }
    return decode(body);
  }

  static String decode(byte[] body) {
    var bytes = ByteBuffer.wrap(body);
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(bytes).toString();
    } catch (CharacterCodingException _) {
      throw new ProblemException(
          new Problem(
                  ProblemType.MALFORMED_JSON,
                  "The body is not UTF-8: byte %d begins no character.".formatted(bytes.position()))
              .with("byte", bytes.position()));
    }
  }

  private static boolean json(MediaType type) {
    return MediaType.APPLICATION_JSON.equalsTypeAndSubtype(type)
        && (type.getCharset() == null || type.getCharset().equals(StandardCharsets.UTF_8));
  }

  private static void refuseType(String found) {
    throw new ProblemException(
        new Problem(
                ProblemType.UNSUPPORTED_MEDIA_TYPE,
                "The arguments must be '%s' in UTF-8, but the body is %s."
                    .formatted(MediaType.APPLICATION_JSON, found))
            .withHeader("Accept-Post", MediaType.APPLICATION_JSON_VALUE));
  }

  private ProblemException tooLarge() {
    return new ProblemException(
        new Problem(
            ProblemType.BODY_TOO_LARGE,
            "The body is larger than %d bytes, the limit that 'myelin.core.gateway.max-body' sets."
                .formatted(max.toBytes())));
  }
}
