package dev.myelin.gateway;

import static dev.myelin.gateway.FakeMembership.front;
import static org.assertj.core.api.Assertions.assertThat;

import dev.myelin.wire.Endpoint;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class FrontRoutingTests {

  private static RunningGateway gateway;

  private EchoFront front;

  @BeforeAll
  static void start() {
    gateway = new RunningGateway();
  }

  @AfterAll
  static void stop() {
    gateway.close();
  }

  @BeforeEach
  void startFront() throws Exception {
    front = new EchoFront("a");
    gateway.membership.set("front", front("f1", front.endpoint()));
  }

  @AfterEach
  void stopFront() {
    front.close();
  }

  private static Endpoint closedPort() throws Exception {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return new Endpoint("127.0.0.1", socket.getLocalPort());
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/",
        "/a/b?q=a%20b&q=a+b&flag&x=%2F&empty=",
        "/caf%C3%A9/x?latin=%E9",
        "/a;v=1/c;w=2",
        "/error",
        "/-x/cluster"
      })
  void pathAndQueryWhenSentOnAreUnchanged(String path) throws Exception {
    assertThat(gateway.get(path).body().lines().findFirst()).hasValue("GET " + path);
  }

  @Test
  void formWhenSentOnIsUnchanged() throws Exception {
    var form = "b=2&a=%E4&b=1&a=" + "x".repeat(3_000_000);

    var response =
        gateway.send(
            gateway
                .request("/form?a=query")
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(form))
                .build());

    assertThat(response.body())
        .startsWith("POST /form?a=query")
        .contains("Content-length: [" + form.length() + "]")
        .endsWith("\n" + form);
  }

  @Test
  void multipartWhenSentOnIsUnchanged() throws Exception {
    var body =
        "--edge\r\nContent-Disposition: form-data; name=\"f\"\r\n\r\ncontent\r\n--edge--\r\n";

    var response =
        gateway.send(
            gateway
                .request("/form")
                .header("Content-Type", "multipart/form-data; boundary=edge")
                .PUT(BodyPublishers.ofString(body))
                .build());

    assertThat(response.body()).endsWith("\n" + body);
  }

  @Test
  void headersWhenSentOnSayWhereTheRequestCameFrom() throws Exception {
    var response = gateway.get("/", "X-Forwarded-For", "6.6.6.6", "X-Forwarded-Host", "evil");

    var authority = gateway.uri("/").getAuthority();
    assertThat(response.body())
        .contains("X-forwarded-for: [127.0.0.1]")
        .contains("X-forwarded-proto: [http]")
        .contains("X-forwarded-host: [" + authority + "]")
        .contains("X-forwarded-port: [" + gateway.uri("/").getPort() + "]")
        .doesNotContain("6.6.6.6", "evil");
  }

  @Test
  void responseWhenPassedBackKeepsStatusAndHeaders() throws Exception {
    assertThat(gateway.get("/").headers().allValues("Set-Cookie")).containsExactly("a=1", "b=2");
    assertThat(gateway.get("/redirect").statusCode()).isEqualTo(302);
    assertThat(gateway.get("/redirect").headers().firstValue("Location")).hasValue("/elsewhere");
    assertThat(gateway.get("/missing/it").statusCode()).isEqualTo(404);
    assertThat(gateway.get("/missing/it").body()).isEqualTo("nothing here");
  }

  @Test
  void responseWhenTheFrontPausesIsPassedBackSoFar() throws Exception {
    var response =
        gateway.client().send(gateway.request("/slow").build(), BodyHandlers.ofInputStream());

    try (InputStream body = response.body()) {
      assertThat(new String(body.readNBytes(6), StandardCharsets.UTF_8)).isEqualTo("first ");
      front.release.countDown();
      assertThat(new String(body.readAllBytes(), StandardCharsets.UTF_8)).isEqualTo("second");
    }
  }

  @Test
  void bodyWhenTheClientPausesIsPassedOnSoFar() throws Exception {
    upload("Content-Length: 25000", new byte[20_000], new byte[5_000]);
  }

  @Test
  void bodyWhenOfUnknownLengthIsPassedOnSoFar() throws Exception {
    var first = "4e20\r\n" + "x".repeat(20_000) + "\r\n";
    var rest = "1388\r\n" + "x".repeat(5_000) + "\r\n0\r\n\r\n";

    upload(
        "Transfer-Encoding: chunked",
        first.getBytes(StandardCharsets.US_ASCII),
        rest.getBytes(StandardCharsets.US_ASCII));
  }

  private void upload(String length, byte[] first, byte[] rest) throws Exception {
    var head =
        "POST /upload HTTP/1.1\r\nHost: x\r\n%s\r\nConnection: close\r\n\r\n".formatted(length);
    try (var client = new Socket(InetAddress.getLoopbackAddress(), gateway.uri("/").getPort())) {
      var out = client.getOutputStream();
      out.write(head.getBytes(StandardCharsets.US_ASCII));
      out.write(first);
      assertThat(front.arrived.await(20, TimeUnit.SECONDS)).isTrue();
      out.write(rest);

      assertThat(new String(client.getInputStream().readAllBytes(), StandardCharsets.US_ASCII))
          .startsWith("HTTP/1.1 200")
          .contains("25000");
    }
  }

  @Test
  void requestsWhenThereAreSeveralFrontsTakeTurns() throws Exception {
    try (var second = new EchoFront("b")) {
      gateway.membership.set(
          "front", front("f1", front.endpoint()), front("f2", second.endpoint()));

      for (int i = 0; i < 6; i++) {
        assertThat(gateway.get("/").statusCode()).isEqualTo(200);
      }

      assertThat(front.requests).hasValue(3);
      assertThat(second.requests).hasValue(3);
    }
  }

  @Test
  void requestWhenAFrontRefusesTheConnectionGoesToAnother() throws Exception {
    gateway.membership.set("front", front("f0", closedPort()), front("f1", front.endpoint()));

    for (int i = 0; i < 4; i++) {
      var response =
          gateway.send(gateway.request("/").POST(BodyPublishers.ofString("body " + i)).build());
      assertThat(response.statusCode()).isEqualTo(200);
      assertThat(response.body()).endsWith("body " + i);
    }

    assertThat(front.requests).hasValue(4);
  }

  @Test
  void requestWhenAFrontBreaksOffIsNotSentToAnother() throws Exception {
    try (var broken = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      Thread.ofVirtual()
          .start(() -> {
            try (var connection = broken.accept()) {
              connection.getInputStream().read();
            } catch (java.io.IOException e) {
              throw new java.io.UncheckedIOException(e);
            }
          });
      gateway.membership.set(
          "front", front("f0", new Endpoint("127.0.0.1", broken.getLocalPort())));

      var response =
          gateway.send(gateway.request("/").POST(BodyPublishers.ofString("pay")).build());

      assertThat(response.statusCode()).isEqualTo(502);
      assertThat(response.body())
          .contains("urn:myelin:problem:front-failed", "\"execution\":\"may-have-run\"", "'f0'");
      assertThat(front.requests).hasValue(0);
    }
  }

  @Test
  void requestWhenThereIsNoFrontFailsAfterAWhile() throws Exception {
    gateway.membership.set("front");

    var response = gateway.get("/");

    assertThat(response.statusCode()).isEqualTo(503);
    assertThat(response.headers().firstValue("Retry-After")).hasValue("1");
    assertThat(response.headers().firstValue("Content-Type")).hasValue("application/problem+json");
    assertThat(response.body()).contains("\"service\":\"front\"");
  }
}
