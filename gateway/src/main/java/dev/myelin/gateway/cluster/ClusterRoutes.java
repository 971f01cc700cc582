package dev.myelin.gateway.cluster;

import dev.myelin.CallException;
import dev.myelin.gateway.problem.Problem;
import dev.myelin.gateway.problem.ProblemType;
import dev.myelin.wire.Orchestrator;
import dev.myelin.wire.ServiceNames;
import dev.myelin.wire.json.WireJson;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.util.unit.DataSize;
import org.springframework.web.servlet.function.HandlerFunction;
import org.springframework.web.servlet.function.RouterFunction;
import org.springframework.web.servlet.function.ServerRequest;
import org.springframework.web.servlet.function.ServerResponse;

/// Routes the paths under `/-/`, none of which ever reaches a front.
///
/// | path | answers with |
/// |---|---|
/// | `GET /-/` | the list of these paths |
/// | `GET /-/cluster` | [ClusterView][dev.myelin.wire.ClusterView] as JSON |
/// | `GET /-/decisions` | [ScalingDecision][dev.myelin.wire.ScalingDecision]s, the newest first |
/// | `GET /-/retirements` | [RetirementView][dev.myelin.wire.RetirementView]s, the newest first |
/// | `GET /-/openapi` | the external operations as an OpenAPI document |
/// | `GET`, `POST`, `DELETE /-/applications/{name}` | see [ApplicationPath] |
///
/// Only connections from loopback are answered, whatever the request's headers say. Thread-safe.
public final class ClusterRoutes implements RouterFunction<ServerResponse> {

  private static final String ROOT = "/-/";
  private static final String CLUSTER = "/-/cluster";

  private static final String DECISIONS = "/-/decisions";
  private static final String RETIREMENTS = "/-/retirements";
  private static final String OPENAPI = "/-/openapi";

  private static final Index INDEX =
      new Index(
          List.of(
              new Link(CLUSTER, "Services, their instances, and the calls made"),
              new Link(DECISIONS, "Changes of the number of instances, and why"),
              new Link(RETIREMENTS, "What became of the calls of instances that left"),
              new Link(OPENAPI, "The external operations as an OpenAPI document"),
              new Link(
                  ApplicationPath.PREFIX + "{name}",
                  "The application's version; POST a jar to replace it, DELETE to undo that")));

  private final Orchestrator orchestrator;
  private final ApplicationPath applications;
  private final Supplier<Object> openApi;

  /// Creates the routes.
  ///
  /// @param orchestrator knows the cluster
  /// @param openApi makes the OpenAPI document
  /// @param folder the cluster's folder, where jars are put
  /// @param maxJar largest jar taken
  public ClusterRoutes(
      Orchestrator orchestrator, Supplier<Object> openApi, Supplier<Path> folder, DataSize maxJar) {
    this.orchestrator = orchestrator;
    this.openApi = openApi;
    this.applications = new ApplicationPath(orchestrator, new JarUpload(folder, maxJar));
  }

  @Override
  public Optional<HandlerFunction<ServerResponse>> route(ServerRequest request) {
    var path = request.path();
    return path.startsWith(ROOT) || path.equals("/-")
        ? Optional.of(this::answer)
        : Optional.empty();
  }

  private ServerResponse answer(ServerRequest request) {
    if (!PeerAddressValve.loopback(request)) {
      return new Problem(
              ProblemType.LOOPBACK_ONLY,
              "Paths under '%s' answer on loopback only.".formatted(ROOT))
          .response();
    }
    if (request.path().startsWith(ApplicationPath.PREFIX)) {
      return applications.answer(request);
    }
    return switch (request.path()) {
      case "/-", ROOT -> reading(request, () -> json(INDEX));
      case CLUSTER -> asking(request, ServiceNames.ORCHESTRATOR, "cluster", orchestrator::cluster);
      case DECISIONS ->
          asking(request, ServiceNames.ORCHESTRATOR, "decisions", orchestrator::decisions);
      case RETIREMENTS ->
          asking(request, ServiceNames.ORCHESTRATOR, "retirements", orchestrator::retirements);
      case OPENAPI -> asking(request, ServiceNames.FRONT, "describe", openApi);
      default ->
          new Problem(
                  ProblemType.NOT_FOUND,
                  "There is no '%s'; 'GET %s' lists what there is.".formatted(request.path(), ROOT))
              .response();
    };
  }

  private static ServerResponse asking(
      ServerRequest request, String service, String operation, Supplier<Object> asked) {
    return reading(
        request,
        () -> {
          try {
            return json(asked.get());
          } catch (CallException e) {
            return Problem.of(e, service, operation).response();
          }
        });
  }

  private static ServerResponse reading(ServerRequest request, Answer answer) {
    if (request.method().equals(HttpMethod.GET) || request.method().equals(HttpMethod.HEAD)) {
      return answer.get();
    }
    return new Problem(
            ProblemType.METHOD_NOT_ALLOWED,
            "'%s' can only be read, not %s.".formatted(request.path(), request.method()))
        .withHeader(HttpHeaders.ALLOW, "GET, HEAD")
        .response();
  }

  private static ServerResponse json(Object value) {
    return ServerResponse.ok()
        .contentType(MediaType.APPLICATION_JSON)
        .header(HttpHeaders.CACHE_CONTROL, "no-store")
        .body(WireJson.write(value).getBytes(StandardCharsets.UTF_8));
  }

  @FunctionalInterface
  private interface Answer {
    ServerResponse get();
  }

  record Index(List<Link> paths) {}

  record Link(String path, String answers) {}
}
