package dev.myelin.gateway.cluster;

import dev.myelin.CallException;
import dev.myelin.gateway.problem.Problem;
import dev.myelin.gateway.problem.ProblemException;
import dev.myelin.gateway.problem.ProblemType;
import dev.myelin.wire.Orchestrator;
import dev.myelin.wire.RolloutAnswer;
import dev.myelin.wire.ServiceNames;
import dev.myelin.wire.json.WireJson;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.servlet.function.ServerRequest;
import org.springframework.web.servlet.function.ServerResponse;

/// `/-/applications/{name}`: the application, its version, and the replacement of that.
///
/// | method | does |
/// |---|---|
/// | `GET` | answers with [ApplicationView][dev.myelin.wire.ApplicationView] |
/// | `POST` | begins to replace the version by the jar in the body |
/// | `DELETE` | undoes the replacement that is under way |
///
/// Thread-safe.
final class ApplicationPath {

  static final String PREFIX = "/-/applications/";

  private final Orchestrator orchestrator;
  private final JarUpload upload;

  ApplicationPath(Orchestrator orchestrator, JarUpload upload) {
    this.orchestrator = orchestrator;
    this.upload = upload;
  }

  ServerResponse answer(ServerRequest request) {
    var name = request.path().substring(PREFIX.length());
    try {
      return switch (request.method().name()) {
        case "GET", "HEAD" -> view(name);
        case "POST" -> answered(upload.with(request, jar -> rollOut(name, jar.toString())));
        case "DELETE" -> {
          JarUpload.refusePages(request);
          yield answered(orchestrator.rollBack(name, "undone by a request"));
        }
        default ->
            new Problem(
                    ProblemType.METHOD_NOT_ALLOWED,
                    "'%s' does not take %s.".formatted(request.path(), request.method()))
                .withHeader(HttpHeaders.ALLOW, "GET, HEAD, POST, DELETE")
                .response();
      };
    } catch (ProblemException e) {
      return e.problem().response();
    } catch (CallException e) {
      return Problem.of(e, ServiceNames.ORCHESTRATOR, "rollOut").response();
    } catch (IOException e) {
      throw new UncheckedIOException("The jar could not be read: " + e.getMessage(), e);
    }
  }

  private RolloutAnswer rollOut(String name, String jar) {
    return orchestrator.rollOut(name, jar);
  }

  private ServerResponse view(String name) {
    Optional<ServerResponse> view =
        orchestrator
            .application()
            .filter(application -> application.application().equals(name))
            .map(application -> json(HttpStatus.OK, application));
    return view.orElseGet(() ->
        new Problem(ProblemType.NOT_FOUND, "No application '%s' runs here.".formatted(name))
            .response());
  }

  private static ServerResponse answered(RolloutAnswer answer) {
    return switch (answer.verdict()) {
      case ACCEPTED -> json(HttpStatus.ACCEPTED, answer);
      case UNKNOWN_APPLICATION -> new Problem(ProblemType.NOT_FOUND, answer.detail()).response();
      case UNUSABLE_JAR -> new Problem(ProblemType.INVALID_ARGUMENT, answer.detail()).response();
      case CONFLICT -> new Problem(ProblemType.CONFLICT, answer.detail()).response();
    };
  }

  private static ServerResponse json(HttpStatus status, Object value) {
    return ServerResponse.status(status)
        .contentType(MediaType.APPLICATION_JSON)
        .header(HttpHeaders.CACHE_CONTROL, "no-store")
        .body(WireJson.write(value).getBytes(StandardCharsets.UTF_8));
  }
}
