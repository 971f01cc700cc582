package dev.myelin.gateway.external;

import dev.myelin.CallException;
import dev.myelin.RemoteCallException;
import dev.myelin.client.JsonCalls;
import dev.myelin.gateway.problem.Problem;
import dev.myelin.gateway.problem.ProblemException;
import dev.myelin.gateway.problem.ProblemType;
import dev.myelin.wire.ApplicationDescription.Service;
import java.io.IOException;
import java.util.Optional;
import org.springframework.http.HttpHeaders;
import org.springframework.util.unit.DataSize;
import org.springframework.web.servlet.function.HandlerFunction;
import org.springframework.web.servlet.function.RouterFunction;
import org.springframework.web.servlet.function.ServerRequest;
import org.springframework.web.servlet.function.ServerResponse;

/// Routes `/objects/…` of external types of objects to their instances.
///
/// - `GET /objects/{type}` lists by page, `POST` there creates;
/// - `GET`, `PUT` and `DELETE /objects/{type}/{id}` are of the object as it is stored, whose
///   version is its entity tag;
/// - `POST /objects/{type}/{id}/{operation}` runs an operation, with arguments as those of
///   services.
///
/// Paths of other types are left to the routes after it. Thread-safe.
public final class ObjectRoutes implements RouterFunction<ServerResponse> {

  private final ServiceCatalog catalog;
  private final ObjectRequests requests;
  private final StoredObjects stored;
  private final JsonBody body;

  /// Creates the routes.
  ///
  /// @param catalog knows the external types
  /// @param calls calls their services
  /// @param maxBody largest body taken
  public ObjectRoutes(ServiceCatalog catalog, JsonCalls calls, DataSize maxBody) {
    this.catalog = catalog;
    this.requests = new ObjectRequests(calls);
    this.body = new JsonBody(maxBody);
    this.stored = new StoredObjects(requests, body);
  }

  @Override
  public Optional<HandlerFunction<ServerResponse>> route(ServerRequest request) {
    return ObjectPath.of(request).flatMap(this::route);
  }

  private Optional<HandlerFunction<ServerResponse>> route(ObjectPath path) {
    try {
      return catalog
          .find(path.type())
          .filter(Service::ofObjects)
          .map(type -> request -> answer(request, type, path));
    } catch (CallException e) {
      return Optional.of(_ -> Problem.of(e, path.type(), "").response());
    }
  }

  private ServerResponse answer(ServerRequest request, Service type, ObjectPath path)
      throws IOException {
    try {
      var id = path.id();
      var operation = path.operation();
      if (id == null) {
        return ofType(request, type);
      }
      return operation == null
          ? ofObject(request, type, id)
          : ofOperation(request, type, id, operation);
    } catch (ProblemException e) {
      return e.problem().with("service", path.type()).response();
    } catch (CallException e) {
      return problem(e, path).response();
    }
  }

  private ServerResponse ofType(ServerRequest request, Service type) throws IOException {
    return switch (request.method().name()) {
      case "GET", "HEAD" -> stored.list(request, type);
      case "POST" -> stored.create(request, type, null);
      default -> throw notAllowed(request, "GET, HEAD, POST");
    };
  }

  private ServerResponse ofObject(ServerRequest request, Service type, String id)
      throws IOException {
    return switch (request.method().name()) {
      case "GET", "HEAD" -> stored.read(request, type, id);
      case "PUT" ->
          Preconditions.absent(request)
              ? stored.create(request, type, id)
              : stored.replace(request, type, id);
      case "DELETE" -> stored.delete(request, type, id);
      default -> throw notAllowed(request, "GET, HEAD, PUT, DELETE");
    };
  }

  private ServerResponse ofOperation(
      ServerRequest request, Service type, String id, String operation) throws IOException {
    if (!request.method().name().equals("POST")) {
      throw notAllowed(request, "POST");
    }
    var arguments = body.read(request);
    var outline = ArgumentsReader.read(arguments);
    var chosen = OperationChoice.choose(ObjectRequests.declared(type), operation, outline);
    return ExternalRoutes.answer(chosen, requests.call(type, chosen, id, outline, arguments));
  }

  // what an instance says of an object that is not there, or cannot be
  private static Problem problem(CallException failure, ObjectPath path) {
    var remote =
        failure instanceof RemoteCallException thrown
            ? thrown.remoteType().substring(thrown.remoteType().lastIndexOf('.') + 1)
            : "";
    var message = String.valueOf(failure.getMessage());
    var operation = path.operation() == null ? "" : path.operation();
    if (remote.equals("NoSuchObjectException")) {
      return new Problem(ProblemType.NOT_FOUND, message).with("service", path.type());
    }
    if (remote.equals("IllegalArgumentException") && operation.isEmpty()) {
      return new Problem(ProblemType.INVALID_ARGUMENT, message).with("service", path.type());
    }
    if (remote.equals("CallException")) {
      return new Problem(ProblemType.UNAVAILABLE, message)
          .with("service", path.type())
          .with("operation", operation)
          .with(failure.execution());
    }
    return Problem.of(failure, path.type(), operation);
  }

  private static ProblemException notAllowed(ServerRequest request, String allowed) {
    return new ProblemException(
        new Problem(
                ProblemType.METHOD_NOT_ALLOWED,
                "'%s' takes %s, not %s.".formatted(request.path(), allowed, request.method()))
            .withHeader(HttpHeaders.ALLOW, allowed));
  }
}
