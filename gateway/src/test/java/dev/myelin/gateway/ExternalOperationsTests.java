package dev.myelin.gateway;

import static dev.myelin.gateway.FakeMembership.front;
import static org.assertj.core.api.Assertions.assertThat;

import dev.myelin.CallException;
import dev.myelin.Execution;
import dev.myelin.RemoteCallException;
import dev.myelin.Status;
import dev.myelin.client.JsonCalls.JsonCall;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExternalOperationsTests {

  private static RunningGateway gateway;
  private static EchoFront front;

  private final AtomicReference<JsonCall> made = new AtomicReference<>();

  @BeforeAll
  static void start() throws Exception {
    front = new EchoFront("a");
    gateway = new RunningGateway("--myelin.core.gateway.max-body=1KB");
    gateway.membership.set("front", front("f1", front.endpoint()));
  }

  @AfterAll
  static void stop() {
    gateway.close();
    front.close();
  }

  @BeforeEach
  void answer() {
    gateway.calls.set(call -> {
      made.set(call);
      return "{\"price\": 3.50, \"name\": \"Käse\"}";
    });
  }

  private static void assertProblem(HttpResponse<String> response, int status, String type) {
    assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
    assertThat(response.headers().firstValue("Content-Type")).hasValue("application/problem+json");
    assertThat(response.body())
        .contains("\"type\":\"urn:myelin:problem:" + type + "\"", "\"status\":" + status);
  }

  @Test
  void callWhenArgumentsAreNamedReachesTheServiceAsItWasSent() throws Exception {
    var response = gateway.post("/shop/price", "{ \"item\" : 7 }");

    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.headers().firstValue("Content-Type")).hasValue("application/json");
    assertThat(response.body()).isEqualTo("{\"price\": 3.50, \"name\": \"Käse\"}");
    assertThat(made.get())
        .isEqualTo(new JsonCall("shop", "price(long)", "{ \"item\" : 7 }", Descriptions.RULES));
  }

  @Test
  void callWhenArgumentsAreInOrderReachesTheService() throws Exception {
    gateway.post("/shop/price(java.lang.String)", "[\"ä\"]");

    assertThat(made.get().operation()).isEqualTo("price(java.lang.String)");
    assertThat(made.get().arguments()).isEqualTo("[\"ä\"]");
  }

  @Test
  void callWhenAParameterIsTheStickyKeyCarriesIt() throws Exception {
    gateway.post("/shop/order", "{\"customer\": \"käse\"}");
    assertThat(made.get().key()).isEqualTo("käse");

    gateway.post("/shop/price", "{\"item\": 7}");
    assertThat(made.get().key()).isNull();
  }

  @ParameterizedTest
  @CsvSource({"reset", "later"})
  void callWhenTheOperationReturnsNothingAnswersWithNoContent(String operation) throws Exception {
    gateway.calls.set(call -> {
      made.set(call);
      return "null";
    });

    var response =
        gateway.send(gateway.request("/shop/" + operation).POST(BodyPublishers.noBody()).build());

    assertThat(response.statusCode()).isEqualTo(204);
    assertThat(response.body()).isEmpty();
    assertThat(made.get().arguments()).isEqualTo("[]");
  }

  @Test
  void callWhenTheResultIsNullAnswersWithNull() throws Exception {
    gateway.calls.set(_ -> "null");

    var response = gateway.post("/shop/price", "{\"item\":1}");

    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.body()).isEqualTo("null");
  }

  @Test
  void callWhenAmbiguousIsRefused() throws Exception {
    var response = gateway.post("/shop/price", "[1]");

    assertProblem(response, 400, "ambiguous-operation");
    assertThat(response.body()).contains("\"candidates\":[", "price(long item)");
    assertThat(made.get()).isNull();
  }

  @Test
  void callWhenOperationIsUnknownIsNotFound() throws Exception {
    var response = gateway.post("/shop/sell", "[]");

    assertProblem(response, 404, "not-found");
    assertThat(response.body()).contains("\"service\":\"shop\"", "\"operation\":\"sell\"");
  }

  @Test
  void bodyWhenMalformedIsRefusedWithItsPosition() throws Exception {
    var response = gateway.post("/shop/price", "{\"item\": }");

    assertProblem(response, 400, "malformed-json");
    assertThat(response.body()).contains("\"line\":1", "\"column\":10");
  }

  @Test
  void bodyWhenNotUtf8IsRefused() throws Exception {
    var response =
        gateway.send(
            gateway
                .request("/shop/price")
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofByteArray(new byte[] {'[', '"', (byte) 0xE4, '"', ']'}))
                .build());

    assertProblem(response, 400, "malformed-json");
    assertThat(response.body()).contains("\"byte\":2");
  }

  @ParameterizedTest
  @CsvSource({
    "application/x-www-form-urlencoded",
    "text/plain",
    "application/json;charset=ISO-8859-1",
    "application/xml"
  })
  void bodyWhenNotDeclaredAsJsonIsRefused(String type) throws Exception {
    var response =
        gateway.send(
            gateway
                .request("/shop/price")
                .header("Content-Type", type)
                .POST(BodyPublishers.ofString("{\"item\":1}"))
                .build());

    assertProblem(response, 415, "unsupported-media-type");
    assertThat(response.headers().firstValue("Accept-Post")).hasValue("application/json");
    assertThat(made.get()).isNull();
  }

  @Test
  void bodyWhenWithoutATypeIsRefused() throws Exception {
    var response =
        gateway.send(
            gateway.request("/shop/price").POST(BodyPublishers.ofString("[\"a\"]")).build());

    assertProblem(response, 415, "unsupported-media-type");
  }

  @Test
  void bodyWhenOfTheLargestSizeIsTaken() throws Exception {
    var response = gateway.post("/shop/price", "{\"item\":1}" + " ".repeat(1024 - 10));

    assertThat(response.statusCode()).isEqualTo(200);
  }

  @Test
  void bodyWhenTooLargeIsRefusedWhetherItsLengthIsDeclaredOrNot() throws Exception {
    var body = "[\"" + "x".repeat(1024) + "\"]";
    var chunked =
        gateway
            .request("/shop/price")
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.fromPublisher(BodyPublishers.ofString(body)))
            .build();

    assertProblem(gateway.post("/shop/price", body), 413, "body-too-large");
    assertProblem(gateway.send(chunked), 413, "body-too-large");
    assertThat(made.get()).isNull();
  }

  @ParameterizedTest
  @CsvSource({"GET, /shop/price", "DELETE, /shop/reset", "PUT, /shop/price(long)"})
  void methodWhenNotPostAndTheFrontHasNothingThereIsRefused(String method, String path)
      throws Exception {
    var response =
        gateway.send(gateway.request(path).method(method, BodyPublishers.noBody()).build());

    assertProblem(response, 405, "method-not-allowed");
    assertThat(response.headers().allValues("Allow")).containsExactly("POST");
    assertThat(response.headers().firstValue("X-Front")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "POST, /stock/left",
    "POST, /shop",
    "POST, /orders/1",
    "POST, /orders/price/now",
    "GET, /orders/1",
    "POST, /",
    "PUT, /basket/price"
  })
  void requestWhenNotForAnExternalServiceGoesToTheFront(String method, String path)
      throws Exception {
    var response =
        gateway.send(gateway.request(path).method(method, BodyPublishers.ofString("x")).build());

    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.body()).startsWith(method + " " + path).endsWith("x");
    assertThat(made.get()).isNull();
  }

  @Test
  void operationWhenItThrewNamesTheException() throws Exception {
    gateway.calls.set(_ -> {
      throw new RemoteCallException("shop.SoldOut", "no cheese left", null);
    });

    var response = gateway.post("/shop/price", "{\"item\":1}");

    assertProblem(response, 500, "failed");
    assertThat(response.body())
        .contains(
            "\"remoteType\":\"shop.SoldOut\"",
            "no cheese left",
            "\"execution\":\"ran\"",
            "\"operation\":\"price(long)\"");
  }

  @Test
  void callWhenNoInstanceTakesItSaysWhenToComeBack() throws Exception {
    gateway.calls.set(_ -> {
      throw new CallException(Status.UNAVAILABLE, Execution.DID_NOT_RUN, "tried 3 of 5");
    });

    var response = gateway.post("/shop/price", "{\"item\":1}");

    assertProblem(response, 503, "unavailable");
    assertThat(response.headers().firstValue("Retry-After")).hasValue("1");
    assertThat(response.body()).contains("\"execution\":\"did-not-run\"", "tried 3 of 5");
  }

  @Test
  void gatewayWhenItFailsItselfSaysSoInTheSameForm() throws Exception {
    gateway.calls.set(_ -> {
      throw new IllegalStateException("a defect");
    });

    assertProblem(gateway.post("/shop/price", "{\"item\":1}"), 500, "internal");
  }
}
