package dev.myelin.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import com.sun.net.httpserver.HttpServer;
import dev.myelin.Hosting;
import dev.myelin.wire.Role;
import dev.myelin.wire.Tunnel;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.mock.env.MockEnvironment;

/// A process outside its cluster: what it is, and how it finds the way in.
final class OutsideTests {

  private static final String API = "/api/v1/namespaces/shop/";

  @TempDir private Path folder;

  private final Map<String, String> objects = new ConcurrentHashMap<>();

  @SuppressWarnings("NullAway.Init") // set before each test
  private HttpServer api;

  @BeforeEach
  void startApi() throws IOException {
    api = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    api.createContext(
        "/",
        exchange -> {
          var found = objects.get(exchange.getRequestURI().getPath());
          var body = (found == null ? "{}" : found).getBytes(StandardCharsets.UTF_8);
          exchange.getResponseHeaders().add("Content-Type", "application/json");
          exchange.sendResponseHeaders(found == null ? 404 : 200, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    api.start();
  }

  @AfterEach
  void stopApi() {
    api.stop(0);
  }

  private static Hosting hosting(String... pairs) {
    var environment = new MockEnvironment().withProperty("myelin.mode", "kubernetes");
    for (var pair : pairs) {
      var split = pair.split("=", 2);
      environment.setProperty(split[0], split[1]);
    }
    return Hosting.of(environment);
  }

  @Test
  void processWithAWayInIsAFrontWhateverItHosts() {
    for (var way :
        List.of("myelin.core.url=https://a", "myelin.kubernetes.config=/a", "KUBECONFIG=/a")) {
      var hosting = hosting(way, "myelin.kubernetes.namespace=shop", "myelin.hosts=price-list");

      assertThat(hosting.outside()).as(way).isTrue();
      assertThat(hosting.front()).isTrue();
      assertThat(hosting.hosts("price-list")).isTrue();
      assertThat(hosting.hosts("tax")).isFalse();
      assertThat(ProcessRole.of(hosting)).hasValue(Role.FRONT);
    }
  }

  @Test
  void processThatIsToldWhereTheCoreIsIsInside() {
    assertThat(hosting("KUBECONFIG=/a").outside()).isFalse();
    assertThat(
            hosting(
                    "KUBECONFIG=/a",
                    "myelin.kubernetes.namespace=shop",
                    "myelin.core.address=myelin-core:7070")
                .outside())
        .isFalse();
  }

  private static FailureAnalysis analysis(String... properties) {
    return StartupFailureTests.analysis(
        Contexts.inProcess()
            .withPropertyValues("myelin.mode=kubernetes")
            .withPropertyValues(properties));
  }

  @Test
  void wayInWithoutWhatItNeedsFailsAtStart() {
    assertThat(analysis("myelin.core.url=https://a").getDescription())
        .contains("'myelin.core.token' is not");
    assertThat(analysis("myelin.core.url=https://a", "myelin.core.address=b:1").getDescription())
        .contains("Both 'myelin.core.address' and 'myelin.core.url' are set");
    assertThat(
            analysis(
                    "myelin.core.url=https://a",
                    "myelin.core.token=t",
                    "myelin.core.ssl-bundle=none")
                .getDescription())
        .contains("SSL bundle 'none'");
    assertThat(analysis("myelin.kubernetes.config=" + folder.resolve("none")).getDescription())
        .contains("cannot be read");
  }

  private KubeconfigEntrance entrance(String token) throws IOException {
    var kubernetes =
        new KubernetesProperties(
            kubeconfig(token).toString(), null, null, "myelin", null, Duration.ofSeconds(6));
    var core = new CoreProperties(List.of(), null, null, "myelin-tunnel", null, "myelin-gateway");
    return KubeconfigEntrance.of(core, kubernetes);
  }

  private Path kubeconfig(String token) throws IOException {
    return Files.writeString(
        folder.resolve("config"),
        """
        apiVersion: v1
        kind: Config
        current-context: it
        contexts: [{name: it, context: {cluster: c, user: u, namespace: shop}}]
        clusters: [{name: c, cluster: {server: "http://127.0.0.1:%d"}}]
        users: [{name: u, user: {token: %s}}]
        """
            .formatted(api.getAddress().getPort(), token));
  }

  private void gateway(String port) {
    objects.put(
        API + "services/myelin-gateway",
        """
        {"apiVersion":"v1","kind":"Service","metadata":{"name":"myelin-gateway"},
         "spec":{"ports":[{"name":"%s","port":80}]}}\
        """
            .formatted(port));
    objects.put(
        API + "secrets/myelin-tunnel",
        """
        {"apiVersion":"v1","kind":"Secret","metadata":{"name":"myelin-tunnel"},
         "data":{"token":"%s"}}\
        """
            .formatted(
                Base64.getEncoder()
                    .encodeToString("first-token, second\n".getBytes(StandardCharsets.UTF_8))));
  }

  @Test
  void kubeconfigLeadsToTheServiceWithItsCredentialsAndTheSecret() throws IOException {
    gateway("https");

    var way = entrance("secret").way();

    assertThat(way.gateway().getPath())
        .isEqualTo(API + "services/https:myelin-gateway:https/proxy");
    assertThat(way.headers())
        .containsEntry(Tunnel.TOKEN, "first-token")
        .containsEntry("Authorization", "Bearer secret");
    assertThat(way.toString()).doesNotContain("secret", "first-token");
  }

  @Test
  void kubeconfigIsReadAgainWhenItsCredentialsWereRefused() throws Exception {
    gateway("http");
    var entrance = entrance("old");
    var way = entrance.way();
    kubeconfig("new");
    assertThat(entrance.way()).isSameAs(way);

    entrance.refused(way);
    var end = System.nanoTime() + Duration.ofSeconds(60).toNanos();
    while (entrance.way().equals(way)) {
      assertThat(System.nanoTime()).as("in time").isLessThan(end);
      Thread.sleep(10);
    }

    assertThat(Objects.requireNonNull(entrance.way()).headers())
        .containsEntry("Authorization", "Bearer new");
  }

  @Test
  void whatIsMissingInTheClusterIsNamed() throws IOException {
    gateway("http");
    objects.remove(API + "secrets/myelin-tunnel");
    assertThatIOException()
        .isThrownBy(entrance("x")::way)
        .withMessageContaining("has no secret 'myelin-tunnel'");

    gateway("http");
    objects.remove(API + "services/myelin-gateway");
    assertThatIOException()
        .isThrownBy(entrance("x")::way)
        .withMessageContaining("no Service 'myelin-gateway' in namespace 'shop'");
  }
}
