package dev.myelin.samples.primes.demo;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// Stands in for the cluster, as a process with processes of its own, so that the demo can be
/// tested without one.
///
/// The name of the application's jar says how it behaves: `right`, `wrong` (another answer),
/// `failing` (a call has failed), `broken` (the count fails), `leaving` (leaves its processes
/// behind), anything else ends at once. All requests come one after the other.
final class FakeCluster {

  private static final int CHUNKS = 20;

  private final String behaviour;
  private final List<Process> instances = new ArrayList<>();
  private int questions;
  private int done;
  private boolean replaced;

  private FakeCluster(String behaviour) {
    this.behaviour = behaviour;
  }

  static void main(String[] arguments) throws IOException {
    var behaviour = arguments[0].replaceAll(".*/|\\.jar", "");
    System.out.println("behaves as " + behaviour);
    if (List.of("right", "wrong", "failing", "broken", "leaving").contains(behaviour)) {
      var port = Integer.parseInt(arguments[1].replace("--server.port=", ""));
      new FakeCluster(behaviour).serve(port);
    }
  }

  private void serve(int port) throws IOException {
    var server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
    server.createContext("/", this::answer);
    server.start();
    Runtime.getRuntime().addShutdownHook(new Thread(this::end));
  }

  private synchronized void end() {
    if (!behaviour.equals("leaving")) {
      instances.forEach(Process::destroy);
    }
  }

  private void answer(HttpExchange exchange) throws IOException {
    var body = body(exchange.getRequestMethod() + " " + exchange.getRequestURI());
    var bytes = body.getBytes(StandardCharsets.UTF_8);
    // the front is not there at first
    exchange.sendResponseHeaders(body.isEmpty() ? 503 : 200, bytes.length == 0 ? -1 : bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }

  private synchronized String body(String request) throws IOException {
    return switch (request) {
      case "GET /primes?below=10" -> firstAnswer();
      case "POST /primes?below=100000000" -> begin();
      case "GET /primes/j" -> progress();
      case "GET /-/cluster" -> state();
      default -> throw new IOException("unexpected: " + request);
    };
  }

  private String firstAnswer() throws IOException {
    if (questions++ < 2) {
      return "";
    }
    startInstances(1);
    return "{\"below\": 10, \"primes\": 4}";
  }

  private String begin() throws IOException {
    startInstances(3);
    return "{\"job\": \"j\"}";
  }

  private void startInstances(int count) throws IOException {
    while (instances.size() < count) {
      var instance = new ProcessBuilder("sleep", "600").start();
      instances.add(instance);
      System.out.println("started " + instance.pid());
    }
  }

  private String progress() {
    var failed = behaviour.equals("broken") && done > 3;
    done = Math.min(CHUNKS, done + 2);
    var primes = behaviour.equals("wrong") ? 5_761_456 : 5_761_455;
    return "{\"chunksDone\": %d, \"chunks\": %d, \"primes\": %d, \"done\": %s, \"failed\": %s, \"error\": %s}"
        .formatted(done, CHUNKS, primes, done == CHUNKS, failed, failed ? "\"no luck\"" : "null");
  }

  private String state() throws IOException {
    if (instances.removeIf(instance -> !instance.isAlive())) {
      replaced = true;
      startInstances(3);
    }
    while (done == CHUNKS && instances.size() > 1) {
      instances.removeLast().destroy();
    }
    var counters =
        IntStream.range(0, instances.size())
            .mapToObj(i -> instance("prime-counter-" + i, instances.get(i).pid(), i))
            .collect(Collectors.joining(", "));
    return "{\"services\": {\"myelin-orchestrator\": [%s], \"prime-counter\": [%s]}, \"calls\": {\"made\": 1234, \"retried\": %d, \"failed\": %d}}"
        .formatted(
            instance("core", ProcessHandle.current().pid(), 0),
            counters,
            replaced ? 2 : 0,
            behaviour.equals("failing") ? 1 : 0);
  }

  private static String instance(String id, long pid, int inFlight) {
    return "{\"id\": \"%s\", \"pid\": %d, \"address\": null, \"state\": \"SERVING\", \"inFlight\": %d, \"startedAt\": \"2026-11-23T00:00:00Z\"}"
        .formatted(id, pid, inFlight);
  }
}
