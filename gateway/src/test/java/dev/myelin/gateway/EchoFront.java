package dev.myelin.gateway;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.myelin.wire.Endpoint;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/// A real HTTP server in the place of an application's front.
///
/// | path | does |
/// |---|---|
/// | `/missing/*` and `/shop/*` | answers 404 |
/// | `/redirect` | answers 302 |
/// | `/slow` | writes a part, waits for [#release], writes the rest |
/// | `/upload` | counts down [#arrived] at the first byte, then echoes the body |
/// | anything else | answers with the request's first line, headers and body |
final class EchoFront implements AutoCloseable {

  private final HttpServer server;
  private final String name;
  final CountDownLatch release = new CountDownLatch(1);
  final CountDownLatch arrived = new CountDownLatch(1);
  final AtomicInteger requests = new AtomicInteger();

  EchoFront(String name) throws IOException {
    this.name = name;
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/", this::handle);
    server.start();
  }

  Endpoint endpoint() {
    return new Endpoint("127.0.0.1", server.getAddress().getPort());
  }

  @Override
  public void close() {
    release.countDown();
    server.stop(0);
  }

  private void handle(HttpExchange exchange) throws IOException {
    requests.incrementAndGet();
    exchange.getResponseHeaders().set("X-Front", name);
    var path = exchange.getRequestURI().getPath();
    try (exchange) {
      if (path.startsWith("/missing/") || path.startsWith("/shop/")) {
        answer(exchange, 404, "nothing here");
      } else if (path.equals("/redirect")) {
        exchange.getResponseHeaders().set("Location", "/elsewhere");
        answer(exchange, 302, "");
      } else if (path.equals("/slow")) {
        slow(exchange);
      } else if (path.equals("/upload")) {
        upload(exchange);
      } else {
        exchange.getResponseHeaders().add("Set-Cookie", "a=1");
        exchange.getResponseHeaders().add("Set-Cookie", "b=2");
        answer(exchange, 200, echo(exchange));
      }
    }
  }

  private static String echo(HttpExchange exchange) throws IOException {
    var text =
        new StringBuilder(
            "%s %s%n".formatted(exchange.getRequestMethod(), exchange.getRequestURI()));
    exchange
        .getRequestHeaders()
        .forEach((name, values) -> text.append("%s: %s%n".formatted(name, values)));
    return text.append('\n')
        .append(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8))
        .toString();
  }

  private void slow(HttpExchange exchange) throws IOException {
    exchange.getResponseHeaders().set("Content-Type", "text/plain");
    exchange.sendResponseHeaders(200, 0);
    try (var body = exchange.getResponseBody()) {
      body.write("first ".getBytes(StandardCharsets.UTF_8));
      body.flush();
      await(release);
      body.write("second".getBytes(StandardCharsets.UTF_8));
    }
  }

  private void upload(HttpExchange exchange) throws IOException {
    var first = exchange.getRequestBody().readNBytes(1);
    arrived.countDown();
    var rest = exchange.getRequestBody().readAllBytes();
    answer(exchange, 200, Integer.toString(first.length + rest.length));
  }

  private static void await(CountDownLatch latch) throws IOException {
    try {
      if (!latch.await(30, TimeUnit.SECONDS)) {
        throw new IOException("Not released");
      }
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
  }

  private static void answer(HttpExchange exchange, int status, @Nullable String body)
      throws IOException {
    var bytes = body == null ? new byte[0] : body.getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
    exchange.getResponseBody().write(bytes);
  }
}
