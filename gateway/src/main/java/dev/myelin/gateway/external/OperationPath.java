package dev.myelin.gateway.external;

import java.util.Optional;
import org.springframework.http.server.PathContainer.PathSegment;
import org.springframework.http.server.PathContainer.Separator;
import org.springframework.web.servlet.function.ServerRequest;

/// A path of exactly two segments.
///
/// @param service the first, decoded
/// @param operation the second, decoded
record OperationPath(String service, String operation) {

  /// Reads the path of a request; empty if it has another form.
  static Optional<OperationPath> of(ServerRequest request) {
    var elements = request.requestPath().pathWithinApplication().elements();
    return elements.size() == 4
            && elements.get(0) instanceof Separator
            && elements.get(1) instanceof PathSegment service
            && elements.get(2) instanceof Separator
            && elements.get(3) instanceof PathSegment operation
        ? Optional.of(new OperationPath(service.valueToMatch(), operation.valueToMatch()))
        : Optional.empty();
  }
}
