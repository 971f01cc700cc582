package dev.myelin.gateway.external;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.server.PathContainer.PathSegment;
import org.springframework.web.servlet.function.ServerRequest;

/// A path under `/objects`: `/{type}`, `/{type}/{id}` or `/{type}/{id}/{operation}`.
///
/// @param type name of the type, decoded
/// @param id id of the object, decoded; null for the type itself
/// @param operation name or key of an operation, decoded; null for the object itself
record ObjectPath(String type, @Nullable String id, @Nullable String operation) {

  private static final String ROOT = "objects";
  private static final int LONGEST = 4;

  /// Reads the path of a request; empty if it has another form.
  static Optional<ObjectPath> of(ServerRequest request) {
    var segments = segments(request);
    if (segments.size() < 2 || segments.size() > LONGEST || !segments.getFirst().equals(ROOT)) {
      return Optional.empty();
    }
    return Optional.of(
        new ObjectPath(
            segments.get(1),
            segments.size() > 2 ? segments.get(2) : null,
            segments.size() > 3 ? segments.get(3) : null));
  }

  // empty if there are two slashes in a row, or one at the end
  private static List<String> segments(ServerRequest request) {
    var segments = new ArrayList<String>();
    var elements = request.requestPath().pathWithinApplication().elements();
    for (int i = 0; i < elements.size(); i++) {
      if (elements.get(i) instanceof PathSegment segment) {
        segments.add(segment.valueToMatch());
      } else if (i + 1 == elements.size() || !(elements.get(i + 1) instanceof PathSegment)) {
        return List.of();
      }
    }
    return segments;
  }
}
