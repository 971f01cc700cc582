package dev.myelin.gateway;

import static dev.myelin.gateway.Descriptions.application;
import static dev.myelin.gateway.FakeMembership.front;
import static org.assertj.core.api.Assertions.assertThat;

import dev.myelin.MicroserviceObject;
import dev.myelin.ObjectId;
import dev.myelin.ReadOnly;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// Objects over HTTP: the real routes before a real host of objects.
class ObjectOperationsTests {

  private static final AtomicInteger ids = new AtomicInteger();

  private static JsonObjectHost host;
  private static RunningGateway gateway;
  private static EchoFront front;

  @MicroserviceObject(external = true)
  static class Note {

    @ObjectId private @Nullable String id;
    private String text = "";

    @SuppressWarnings("UnusedVariable") // stored, and read over HTTP
    private int edits;

    public String append(String more, int times) {
      text += more.repeat(times);
      edits++;
      return text;
    }

    @ReadOnly
    public int length() {
      return text.length();
    }

    public void clear() {
      text = "";
    }

    public @Nullable String id() {
      return id;
    }
  }

  @BeforeAll
  static void start() throws Exception {
    host = new JsonObjectHost(Note.class);
    RunningGateway.DESCRIPTION.set(application("b1", host.description()));
    front = new EchoFront("a");
    gateway = new RunningGateway();
    gateway.membership.set("front", front("f1", front.endpoint()));
    gateway.calls.set(host);
  }

  @AfterAll
  static void stop() {
    RunningGateway.DESCRIPTION.set(null);
    gateway.close();
    front.close();
  }

  private static HttpResponse<String> send(
      String method, String path, @Nullable String body, String... headers) throws Exception {
    var publisher = body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body);
    HttpRequest.Builder request = gateway.request(path).method(method, publisher);
    if (body != null) {
      request.header("Content-Type", "application/json");
    }
    if (headers.length > 0) {
      request.headers(headers);
    }
    return gateway.send(request.build());
  }

  private static String created() throws Exception {
    var path = "/objects/note/n" + ids.incrementAndGet();
    var id = path.substring(path.lastIndexOf('/') + 1);
    var response = send("POST", "/objects/note", "{\"id\":\"" + id + "\",\"text\":\"a\"}");
    assertThat(response.statusCode()).as(response.body()).isEqualTo(201);
    assertThat(response.headers().firstValue("Location")).hasValue(path);
    return path;
  }

  private static String tag(HttpResponse<?> response) {
    return response.headers().firstValue("ETag").orElseThrow();
  }

  private static void assertProblem(HttpResponse<String> response, int status, String type) {
    assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
    assertThat(response.headers().firstValue("Content-Type")).hasValue("application/problem+json");
    assertThat(response.body()).contains("\"type\":\"urn:myelin:problem:" + type + "\"");
  }

  @Test
  void openApiDocumentHasTheObjectsPathsAndOperations() throws Exception {
    var response = send("GET", "/-/openapi", null);

    assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
    assertThat(response.body())
        .contains(
            "\"/objects/note\"",
            "\"/objects/note/{id}\"",
            "\"/objects/note/{id}/append\"",
            "\"times\"")
        .doesNotContain("objects.page", "$object");
  }

  @Test
  void callsGoByTheirKeysWhereNothingElseIsSet() {
    assertThat(gateway.generalStrategy()).isEqualTo("sticky");
  }

  @Test
  void everyRequestOfAnObjectHasItsIdAsStickyKey() throws Exception {
    var path = "/objects/note/a%20key";
    host.keys().clear();

    send("PUT", path, "{\"text\":\"a\"}", "If-None-Match", "*");
    send("GET", path, null);
    send("PUT", path, "{\"text\":\"b\"}", "If-Match", "*");
    send("POST", path + "/append", "[\"c\", 2]");
    send("POST", path + "/append", "{\"more\":\"c\", \"times\":2}");
    send("POST", path + "/length", null);
    var deleted = send("DELETE", path, null, "If-Match", "*");
    assertThat(deleted.statusCode()).as(deleted.body()).isEqualTo(204);
    assertThat(host.keys()).hasSize(7).containsOnly("a key");

    host.keys().clear();
    send("GET", "/objects/note", null);
    send("POST", "/objects/note", "{\"text\":\"a\"}");
    assertThat(host.keys()).containsExactly("-", "-");
  }

  @Test
  void objectWhenCreatedIsReadWithItsVersion() throws Exception {
    var path = created();

    var read = send("GET", path, null);

    assertThat(read.statusCode()).isEqualTo(200);
    assertThat(read.body()).contains("\"text\":\"a\"", "\"edits\":0");
    assertThat(send("GET", path, null, "If-None-Match", tag(read)).statusCode()).isEqualTo(304);
    assertProblem(send("GET", path + "x", null), 404, "not-found");
    assertProblem(
        send("POST", "/objects/note", "{\"id\":\"" + path.substring(14) + "\"}"), 409, "conflict");
    assertProblem(send("POST", "/objects/note", "[]"), 400, "invalid-argument");
    assertThat(send("POST", "/objects/note", "{}").headers().firstValue("Location"))
        .hasValueSatisfying(
            uri -> assertThat(uri).startsWith("/objects/note/").hasSizeGreaterThan(40));
  }

  @Test
  void objectWhenReplacedHasToBeTheVersionThatIsMeant() throws Exception {
    var path = created();
    var first = tag(send("GET", path, null));

    assertProblem(send("PUT", path, "{\"text\":\"b\"}"), 428, "precondition-required");
    var replaced = send("PUT", path, "{\"text\":\"b\"}", "If-Match", first);
    assertThat(replaced.statusCode()).isEqualTo(200);
    assertThat(replaced.body()).contains("\"text\":\"b\"");
    assertThat(tag(replaced)).isNotEqualTo(first);
    var refused = send("PUT", path, "{\"text\":\"c\"}", "If-Match", first);
    assertProblem(refused, 412, "precondition-failed");
    assertThat(tag(refused)).isEqualTo(tag(replaced));
    assertThat(send("PUT", path, "{\"text\":\"d\"}", "If-Match", "*").statusCode()).isEqualTo(200);
    assertProblem(send("PUT", path, "{}", "If-Match", "unquoted"), 400, "invalid-argument");
    assertProblem(send("PUT", path + "x", "{}", "If-Match", "*"), 404, "not-found");
    assertProblem(send("PUT", path, "{}", "If-None-Match", "*"), 412, "precondition-failed");
    assertThat(send("PUT", path + "y", "{}", "If-None-Match", "*").statusCode()).isEqualTo(201);
  }

  @Test
  void objectWhenDeletedIsGone() throws Exception {
    var path = created();
    var tag = tag(send("GET", path, null));
    send("POST", path + "/append", "[\"b\",1]");

    assertProblem(send("DELETE", path, null), 428, "precondition-required");
    assertProblem(send("DELETE", path, null, "If-Match", tag), 412, "precondition-failed");
    assertThat(send("DELETE", path, null, "If-Match", "*").statusCode()).isEqualTo(204);
    assertProblem(send("DELETE", path, null, "If-Match", "*"), 404, "not-found");
    assertProblem(send("POST", path + "/length", null), 404, "not-found");
  }

  @Test
  void operationWhenCalledRunsOnTheObject() throws Exception {
    var path = created();

    assertThat(send("POST", path + "/append", "{\"more\":\"b\",\"times\":2}").body())
        .isEqualTo("\"abb\"");
    assertThat(send("POST", path + "/append", "[ \"c\", 1 ]").body()).isEqualTo("\"abbc\"");
    assertThat(send("POST", path + "/length", null).body()).isEqualTo("4");
    assertThat(send("POST", path + "/clear", "{}").statusCode()).isEqualTo(204);
    assertThat(send("GET", path, null).body()).contains("\"text\":\"\"", "\"edits\":2");
    assertProblem(send("POST", path + "/append", "[\"b\"]"), 400, "invalid-argument");
    assertProblem(
        send("POST", path + "/append", "{\"$object\":\"n1\",\"more\":\"\",\"times\":1}"),
        400,
        "invalid-argument");
    assertProblem(send("POST", path + "/read", "[]"), 404, "not-found");
    assertProblem(send("GET", path + "/length", null), 405, "method-not-allowed");
  }

  @Test
  void objectsWhenListedComeByPage() throws Exception {
    created();
    created();

    var first = send("GET", "/objects/note?limit=1", null);

    assertThat(first.statusCode()).isEqualTo(200);
    assertThat(first.body())
        .contains("\"uri\":\"/objects/note/", "\"version\":", "\"state\":{")
        .doesNotContain("\"next\":null");
    assertProblem(send("GET", "/objects/note?limit=0", null), 400, "invalid-argument");
    assertProblem(send("PATCH", "/objects/note", "{}"), 405, "method-not-allowed");
  }

  @Test
  void pathWhenOfNoExternalTypeIsTheFronts() throws Exception {
    assertThat(send("GET", "/objects/unknown/1", null).body()).contains("/objects/unknown/1");
    assertThat(send("POST", "/note/length", "[\"n1\"]").body()).contains("/note/length");
  }
}
