package dev.myelin.gateway.external;

import dev.myelin.gateway.problem.Problem;
import dev.myelin.gateway.problem.ProblemException;
import dev.myelin.gateway.problem.ProblemType;
import dev.myelin.wire.ApplicationDescription.Service;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.servlet.function.ServerRequest;
import org.springframework.web.servlet.function.ServerResponse;
import org.springframework.web.util.UriComponentsBuilder;
import org.springframework.web.util.UriUtils;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Objects as they are stored, over HTTP: read, listed, created, replaced and deleted. Thread-safe.
final class StoredObjects {

  private static final JsonMapper MAPPER = JsonMapper.builder().build();
  private static final int DEFAULT_LIMIT = 100;
  private static final int MOST = 1_000;

  private final ObjectRequests requests;
  private final JsonBody body;

  StoredObjects(ObjectRequests requests, JsonBody body) {
    this.requests = requests;
    this.body = body;
  }

  /// Lists the objects of a type, by page.
  ServerResponse list(ServerRequest request, Service type) {
    int limit = param(request, "limit").map(StoredObjects::limit).orElse(DEFAULT_LIMIT);
    var page = requests.ask(type, "page", param(request, "from").orElse(null), limit);
    var answer = MAPPER.createObjectNode();
    var objects = answer.putArray("objects");
    for (var each : page.get("objects")) {
      objects
          .addObject()
          .put("uri", uri(type, each).toString())
          .put("version", each.get("version").asString())
          .set("state", MAPPER.readTree(each.get("state").asString()));
    }
    answer.set("next", page.get("next"));
    return ServerResponse.ok()
        .contentType(MediaType.APPLICATION_JSON)
        .body(MAPPER.writeValueAsBytes(answer));
  }

  // read off the URI: the container does not parse what it passes on
  private static Optional<String> param(ServerRequest request, String name) {
    var query = UriComponentsBuilder.fromUri(request.uri()).build().getQueryParams();
    return Optional.ofNullable(query.getFirst(name))
        .map(value -> UriUtils.decode(value, StandardCharsets.UTF_8));
  }

  private static int limit(String text) {
    try {
      int limit = Integer.parseInt(text);
      if (limit >= 1 && limit <= MOST) {
        return limit;
      }
    } catch (NumberFormatException _) {
      // said below
    }
    throw new ProblemException(
        new Problem(
            ProblemType.INVALID_ARGUMENT,
            "'limit' is '%s' but must be a number from 1 to %d.".formatted(text, MOST)));
  }

  /// Creates an object.
  ///
  /// @param id its id; null if the state has it, or it is to be a random one
  ServerResponse create(ServerRequest request, Service type, @Nullable String id)
      throws IOException {
    var answer = requests.askOf(type, "create", id, state(request), ObjectRequests.write());
    var object = answer.get("object");
    if (outcome(answer).equals("EXISTS")) {
      throw problem(
          id == null ? ProblemType.CONFLICT : ProblemType.PRECONDITION_FAILED,
          "There is an object '%s' already.".formatted(uri(type, object)));
    }
    return tagged(ServerResponse.created(uri(type, object)), object).body(bytes(object));
  }

  private String state(ServerRequest request) throws IOException {
    var state = body.read(request);
    if (!(ArgumentsReader.read(state) instanceof Arguments.Named)) {
      throw problem(ProblemType.INVALID_ARGUMENT, "The state of an object is a JSON object.");
    }
    return state;
  }

  /// Reads an object.
  ServerResponse read(ServerRequest request, Service type, String id) {
    var answer = requests.askOf(type, "read", id);
    var object = found(answer, type, id);
    return Preconditions.known(request, object.get("version").asString())
        ? tagged(ServerResponse.status(HttpStatus.NOT_MODIFIED), object).build()
        : tagged(ServerResponse.ok(), object).body(bytes(object));
  }

  /// Replaces the state of an object.
  ServerResponse replace(ServerRequest request, Service type, String id) throws IOException {
    var version = Preconditions.version(request);
    var answer =
        requests.askOf(type, "replace", id, version, state(request), ObjectRequests.write());
    var object = found(answer, type, id);
    requireUnchanged(answer);
    return tagged(ServerResponse.ok(), object).body(bytes(object));
  }

  /// Deletes an object.
  ServerResponse delete(ServerRequest request, Service type, String id) {
    var answer = requests.askOf(type, "delete", id, Preconditions.version(request));
    if (outcome(answer).equals("ABSENT")) {
      throw absent(type, id);
    }
    requireUnchanged(answer);
    return ServerResponse.noContent().build();
  }

  private static JsonNode found(JsonNode answer, Service type, String id) {
    return Optional.ofNullable(answer.get("object"))
        .filter(object -> !object.isNull())
        .orElseThrow(() -> absent(type, id));
  }

  private static void requireUnchanged(JsonNode answer) {
    if (outcome(answer).equals("CHANGED")) {
      throw new ProblemException(
          new Problem(
                  ProblemType.PRECONDITION_FAILED,
                  "The object has another version: read it again, and send its 'ETag' as 'If-Match'.")
              .withHeader(
                  HttpHeaders.ETAG,
                  Preconditions.tag(answer.get("object").get("version").asString())));
    }
  }

  private static String outcome(JsonNode answer) {
    return answer.get("outcome").asString();
  }

  private static URI uri(Service type, JsonNode object) {
    var id = UriUtils.encode(object.get("id").asString(), StandardCharsets.UTF_8);
    return URI.create("/objects/" + type.name() + "/" + id);
  }

  private static ServerResponse.BodyBuilder tagged(
      ServerResponse.BodyBuilder response, JsonNode object) {
    return response
        .header(HttpHeaders.ETAG, Preconditions.tag(object.get("version").asString()))
        .contentType(MediaType.APPLICATION_JSON);
  }

  private static byte[] bytes(JsonNode object) {
    return object.get("state").asString().getBytes(StandardCharsets.UTF_8);
  }

  private static ProblemException absent(Service type, String id) {
    return problem(
        ProblemType.NOT_FOUND, "There is no object '%s' of type '%s'.".formatted(id, type.name()));
  }

  private static ProblemException problem(ProblemType type, String detail) {
    return new ProblemException(new Problem(type, detail));
  }
}
