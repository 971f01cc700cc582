package dev.myelin.gateway.external;

import dev.myelin.gateway.problem.Problem;
import dev.myelin.gateway.problem.ProblemType;
import java.util.Optional;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.web.servlet.function.ServerRequest;
import org.springframework.web.servlet.function.ServerResponse;

/// Says `405` where the front has nothing at a path under which an operation could be called with
/// `POST`. Thread-safe.
public final class OtherMethods {

  private final ServiceCatalog catalog;

  /// Creates the check.
  ///
  /// @param catalog knows the external services
  public OtherMethods(ServiceCatalog catalog) {
    this.catalog = catalog;
  }

  /// The better answer, where there is one.
  ///
  /// @param request what the front was asked
  /// @param answer what it answered
  public Optional<ServerResponse> instead(ServerRequest request, ServerResponse answer) {
    if (!answer.statusCode().isSameCodeAs(HttpStatus.NOT_FOUND)
        || request.method().equals(HttpMethod.POST)) {
      return Optional.empty();
    }
    return OperationPath.of(request)
        .filter(path ->
            catalog
                .known(path.service())
                .filter(service -> OperationChoice.has(service, path.operation()))
                .isPresent())
        .map(path -> refuse(request, path));
  }

  private static ServerResponse refuse(ServerRequest request, OperationPath path) {
    return new Problem(
            ProblemType.METHOD_NOT_ALLOWED,
            "Operation '%s' of service '%s' is called with POST, not %s."
                .formatted(path.operation(), path.service(), request.method()))
        .with("service", path.service())
        .with("operation", path.operation())
        .withHeader(HttpHeaders.ALLOW, HttpMethod.POST.name())
        .response();
  }
}
