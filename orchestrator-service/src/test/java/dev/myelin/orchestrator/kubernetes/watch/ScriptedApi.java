package dev.myelin.orchestrator.kubernetes.watch;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.myelin.storage.TestPorts;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/// An API that says what a test tells it to: lists and watches of Microservices, and for everything
/// else empty lists and watches that say nothing. Every request is written down.
final class ScriptedApi implements AutoCloseable {

  private static final String SERVICES = "/apis/myelin.dev/v1/namespaces/n/microservices";
  private static final String EVENTS = "/api/v1/namespaces/n/events";
  private static final String END = "";

  private final int port;
  private final Map<String, String> resources = new ConcurrentHashMap<>();
  private final List<BlockingQueue<String>> watches = new CopyOnWriteArrayList<>();
  private final BlockingQueue<Answer> answers = new LinkedBlockingQueue<>();
  final BlockingQueue<String> requests = new LinkedBlockingQueue<>();

  private final AtomicInteger version = new AtomicInteger(10);
  private volatile @Nullable HttpServer server;

  /// What the next request about Microservices or Events is told instead of the truth.
  ///
  /// @param code of HTTP; 0 = the connection is cut
  /// @param retryAfter seconds that it is told to wait; null = it is not told
  /// @param body of the answer
  record Answer(int code, @Nullable String retryAfter, String body) {

    static Answer status(int code, String reason) {
      return new Answer(code, null, ScriptedApi.status(code, reason));
    }
  }

  ScriptedApi() {
    port = TestPorts.free();
    up();
  }

  static String status(int code, String reason) {
    return """
    {"kind":"Status","apiVersion":"v1","status":"Failure","reason":"%s","message":"said so","code":%d}\
    """
        .formatted(reason, code);
  }

  /// A client whose waits are short.
  KubernetesClient client() {
    return new KubernetesClientBuilder()
        .withConfig(
            new ConfigBuilder()
                .withAutoConfigure(false)
                .withMasterUrl("http://127.0.0.1:" + port)
                .withNamespace("n")
                .withOnlyHttpWatches(true)
                .withWatchReconnectInterval(10)
                .build())
        .build();
  }

  void up() {
    try {
      var started =
          HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
      started.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
      started.createContext("/", this::answer);
      started.start();
      server = started;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Ends as a process does: every connection is cut, and new ones are refused.
  void down() {
    Objects.requireNonNull(server).stop(0);
    breakWatches();
  }

  @Override
  public void close() {
    down();
  }

  void next(Answer answer) {
    answers.add(answer);
  }

  /// Adds or changes a Microservice, and tells those that watch.
  void put(String name) {
    int now = version.incrementAndGet();
    var before = resources.put(name, resource(name, now));
    tell(before == null ? "ADDED" : "MODIFIED", resource(name, now));
  }

  /// The same, but nobody hears of it.
  void putUnheard(String name) {
    resources.put(name, resource(name, version.incrementAndGet()));
  }

  void removeUnheard(String name) {
    resources.remove(name);
    version.incrementAndGet();
  }

  /// Says to those that watch that they have to begin anew.
  void forget() {
    tell("ERROR", status(410, "Expired"));
    breakWatches();
  }

  void breakWatches() {
    watches.forEach(watch -> watch.add(END));
    watches.clear();
  }

  private void tell(String type, String object) {
    var event = "{\"type\":\"%s\",\"object\":%s}\n".formatted(type, object);
    watches.forEach(watch -> watch.add(event));
  }

  private static String resource(String name, int version) {
    return """
    {"apiVersion":"myelin.dev/v1","kind":"Microservice","metadata":{"name":"%s","namespace":"n",\
    "uid":"u-%s","resourceVersion":"%d"},"spec":{"image":"a:1"}}\
    """
        .formatted(name, name, version);
  }

  /// The next request about Microservices: `list`, or `watch from VERSION`, or the method and path.
  String awaitRequest() throws InterruptedException {
    return Objects.requireNonNull(requests.poll(60, TimeUnit.SECONDS), "a request within a minute");
  }

  private void answer(HttpExchange exchange) throws IOException {
    var uri = exchange.getRequestURI();
    var query = Objects.requireNonNullElse(uri.getRawQuery(), "");
    boolean watch = query.contains("watch=true");
    boolean asked =
        uri.getPath().equals(SERVICES)
            || (uri.getPath().equals(EVENTS) && !answers.isEmpty())
            || !exchange.getRequestMethod().equals("GET");
    try (exchange) {
      if (!asked) {
        if (watch) {
          stream(exchange, events(uri.getPath(), query));
        } else {
          send(exchange, 200, null, list(List.of()));
        }
        return;
      }
      // written down last: a test goes on when it sees the request
      var told = answers.poll();
      var events = events(SERVICES, query);
      if (told == null && watch) {
        watches.add(events);
      }
      requests.add(name(exchange, query, watch));
      if (told != null) {
        tell(exchange, told);
      } else if (watch) {
        stream(exchange, events);
      } else {
        send(exchange, 200, null, list(new ArrayList<>(resources.values())));
      }
    }
  }

  // A client counts a watch as begun with its first byte
  private static BlockingQueue<String> events(String path, String query) {
    var events = new LinkedBlockingQueue<String>();
    boolean core = path.startsWith("/api/v1/");
    events.add(
        """
        {"type":"BOOKMARK","object":{"apiVersion":"%s","kind":"%s","metadata":{"resourceVersion":"%s"}}}
        """
            .formatted(
                core ? "v1" : path.replaceAll("/apis/([^/]+/[^/]+)/.*", "$1"),
                switch (path.substring(path.lastIndexOf('/') + 1)) {
                  case "microservices" -> "Microservice";
                  case "pods" -> "Pod";
                  case "services" -> "Service";
                  case "deployments" -> "Deployment";
                  case "statefulsets" -> "StatefulSet";
                  default -> "DaemonSet";
                },
                version(query)));
    return events;
  }

  private static String version(String query) {
    return query.replaceAll(".*resourceVersion=([0-9]+).*", "$1");
  }

  private static String name(HttpExchange exchange, String query, boolean watch) {
    if (!exchange.getRequestMethod().equals("GET")) {
      return exchange.getRequestMethod() + " " + exchange.getRequestURI().getPath();
    }
    return watch ? "watch from " + version(query) : "list";
  }

  private void tell(HttpExchange exchange, Answer told) throws IOException {
    if (told.code() != 0) {
      send(exchange, told.code(), told.retryAfter(), told.body());
    }
  }

  private String list(List<String> items) {
    return """
    {"apiVersion":"v1","kind":"List","metadata":{"resourceVersion":"%d"},"items":[%s]}\
    """
        .formatted(version.get(), String.join(",", items));
  }

  private static void send(
      HttpExchange exchange, int code, @Nullable String retryAfter, String body)
      throws IOException {
    var bytes = body.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().add("Content-Type", "application/json");
    if (retryAfter != null) {
      exchange.getResponseHeaders().add("Retry-After", retryAfter);
    }
    exchange.sendResponseHeaders(code, bytes.length);
    exchange.getResponseBody().write(bytes);
  }

  private static void stream(HttpExchange exchange, BlockingQueue<String> events)
      throws IOException {
    exchange.getResponseHeaders().add("Content-Type", "application/json");
    exchange.sendResponseHeaders(200, 0);
    OutputStream out = exchange.getResponseBody();
    try {
      out.flush();
      for (var event = events.take(); !event.equals(END); event = events.take()) {
        out.write(event.getBytes(StandardCharsets.UTF_8));
        out.flush();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
