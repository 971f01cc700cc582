package dev.myelin.gateway.external;

import dev.myelin.gateway.problem.Problem;
import dev.myelin.gateway.problem.ProblemException;
import dev.myelin.gateway.problem.ProblemType;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.web.servlet.function.ServerRequest;

/// Which version of an object a request means: its entity tag is the version, in quotes.
final class Preconditions {

  private static final String ANY = "*";

  private Preconditions() {}

  /// The entity tag of a version.
  static String tag(String version) {
    return "\"" + version + "\"";
  }

  /// The version of `If-Match`; null for any.
  ///
  /// @throws ProblemException if there is no such header, or it has several tags or none
  static @Nullable String version(ServerRequest request) {
    var header =
        header(request, HttpHeaders.IF_MATCH)
            .orElseThrow(() ->
                problem(
                    ProblemType.PRECONDITION_REQUIRED,
                    "Say which version is meant: 'If-Match' with the 'ETag' of the object, or 'If-Match: *' for whichever there is."));
    if (header.equals(ANY)) {
      return null;
    }
    if (header.length() < 2
        || !header.startsWith("\"")
        || header.indexOf('"', 1) != header.length() - 1) {
      throw problem(
          ProblemType.INVALID_ARGUMENT,
          "'If-Match: %s' is not one entity tag as 'ETag' has it, in quotes.".formatted(header));
    }
    return header.substring(1, header.length() - 1);
  }

  /// Whether the object must not be there yet: `If-None-Match: *`.
  static boolean absent(ServerRequest request) {
    return header(request, HttpHeaders.IF_NONE_MATCH).filter(ANY::equals).isPresent();
  }

  /// Whether the client has a version already.
  static boolean known(ServerRequest request, String version) {
    return request.headers().header(HttpHeaders.IF_NONE_MATCH).stream()
        .flatMap(value -> Arrays.stream(value.split(",")))
        .map(String::strip)
        .map(tag -> tag.startsWith("W/") ? tag.substring(2) : tag)
        .anyMatch(tag -> tag.equals(ANY) || tag.equals(tag(version)));
  }

  private static Optional<String> header(ServerRequest request, String name) {
    return Optional.ofNullable(request.headers().firstHeader(name)).map(String::strip);
  }

  private static ProblemException problem(ProblemType type, String detail) {
    return new ProblemException(new Problem(type, detail));
  }
}
