package dev.myelin.gateway.external;

import dev.myelin.CallException;
import dev.myelin.client.JsonCalls;
import dev.myelin.client.JsonCalls.JsonCall;
import dev.myelin.gateway.problem.Problem;
import dev.myelin.gateway.problem.ProblemException;
import dev.myelin.wire.ApplicationDescription.Operation;
import dev.myelin.wire.ApplicationDescription.Service;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Set;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.util.unit.DataSize;
import org.springframework.web.servlet.function.HandlerFunction;
import org.springframework.web.servlet.function.RouterFunction;
import org.springframework.web.servlet.function.ServerRequest;
import org.springframework.web.servlet.function.ServerResponse;

/// Routes `POST /{service}/{operation}` of external services to their instances.
///
/// Anything else is left to the routes after it, so that controllers of the application may have
/// any path; of these, only a `POST` of two segments whose first is an external service is taken
/// from them. Thread-safe.
public final class ExternalRoutes implements RouterFunction<ServerResponse> {

  private static final String NO_ARGUMENTS = "[]";

  private static final Set<String> NOTHING = Set.of("void", "java.lang.Void");

  private final ServiceCatalog catalog;
  private final JsonCalls calls;
  private final JsonBody body;

  /// Creates the routes.
  ///
  /// @param catalog knows the external services
  /// @param calls calls them
  /// @param maxBody largest body taken
  public ExternalRoutes(ServiceCatalog catalog, JsonCalls calls, DataSize maxBody) {
    this.catalog = catalog;
    this.calls = calls;
    this.body = new JsonBody(maxBody);
  }

  @Override
  public Optional<HandlerFunction<ServerResponse>> route(ServerRequest request) {
    if (!request.method().equals(HttpMethod.POST)) {
      return Optional.empty();
    }
    return OperationPath.of(request).flatMap(this::route);
  }

  private Optional<HandlerFunction<ServerResponse>> route(OperationPath path) {
    try {
      return catalog
          .find(path.service())
          .filter(service -> !service.ofObjects())
          .map(service -> request -> answer(request, service, path));
    } catch (CallException e) {
      return Optional.of(_ -> Problem.of(e, path.service(), path.operation()).response());
    }
  }

  private ServerResponse answer(ServerRequest request, Service service, OperationPath path)
      throws IOException {
    try {
      var arguments = body.read(request);
      var operation =
          OperationChoice.choose(service, path.operation(), ArgumentsReader.read(arguments));
      return call(service, operation, arguments.isEmpty() ? NO_ARGUMENTS : arguments);
    } catch (ProblemException e) {
      return e.problem()
          .with("service", path.service())
          .with("operation", path.operation())
          .response();
    }
  }

  private ServerResponse call(Service service, Operation operation, String arguments) {
    try {
      var result =
          calls.call(
              new JsonCall(
                  service.name(),
                  operation.key(),
                  arguments,
                  operation.rules(),
                  ArgumentsReader.stickyKey(arguments, operation)));
      return answer(operation, result);
    } catch (CallException e) {
      return Problem.of(e, service.name(), operation.key()).response();
    }
  }

  /// The response to a call.
  ///
  /// @param operation what was called
  /// @param result its result as JSON
  static ServerResponse answer(Operation operation, String result) {
    return NOTHING.contains(operation.result())
        ? ServerResponse.noContent().build()
        : ServerResponse.ok()
            .contentType(MediaType.APPLICATION_JSON)
            .body(result.getBytes(StandardCharsets.UTF_8));
  }
}
