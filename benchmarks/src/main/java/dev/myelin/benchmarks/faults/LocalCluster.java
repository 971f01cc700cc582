package dev.myelin.benchmarks.faults;

import dev.myelin.wire.ApplicationView;
import dev.myelin.wire.ClusterView;
import dev.myelin.wire.ClusterView.InstanceView;
import dev.myelin.wire.InstanceState;
import dev.myelin.wire.RetirementView;
import dev.myelin.wire.json.WireJson;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/// The primes sample as a cluster: the built jars, run as a user runs them. Whatever was seen of it
/// is killed when it is closed, if it does not end by itself.
final class LocalCluster implements AutoCloseable {

  private static final Duration LIMIT = Duration.ofMinutes(10);
  private static final Duration STOP = Duration.ofSeconds(40);
  private static final Duration LONGEST_CALL = Duration.ofMinutes(1);

  private final Process process;
  private final URI address;
  private final Path folder;
  private final Set<ProcessHandle> seen = ConcurrentHashMap.newKeySet();
  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  private LocalCluster(Process process, URI address, Path folder) {
    this.process = process;
    this.address = address;
    this.folder = folder;
  }

  /// The application's jar.
  static Path application() {
    return built("sample-apps/primes/target/primes.jar");
  }

  private static Path built(String path) {
    // where `run` is, or the root of the repository
    for (var root : List.of(Path.of(""), Path.of(".."))) {
      var jar = root.resolve(path).toAbsolutePath().normalize();
      if (Files.isRegularFile(jar)) {
        return jar;
      }
    }
    throw new IllegalStateException(
        "'%s' is missing: `./benchmarks/run rollout` builds it at the root".formatted(path));
  }

  /// Starts a cluster.
  ///
  /// @param arguments for the cluster, beside those that every cluster needs
  static LocalCluster start(List<String> arguments) throws IOException {
    var folder = Files.createTempDirectory("benchmark-cluster-");
    int port = freePort();
    var command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:+UseSerialGC",
                "-jar",
                built("local-cluster/target/local-cluster.jar").toString(),
                "--myelin.app=" + application(),
                "--myelin.cluster.folder=" + folder.resolve("cluster"),
                "--server.address=127.0.0.1",
                "--server.port=" + port));
    command.addAll(arguments);
    var process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("console.txt").toFile())
            .start();
    return new LocalCluster(process, URI.create("http://127.0.0.1:" + port), folder);
  }

  private static int freePort() throws IOException {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  /// Waits until a service has that many serving instances.
  void awaitServing(String service, int count) throws InterruptedException {
    await(() -> serving(service).size() == count, "%d of '%s'".formatted(count, service));
  }

  /// Waits for something.
  void await(BooleanSupplier condition, String what) throws InterruptedException {
    long begin = System.nanoTime();
    while (!condition.getAsBoolean()) {
      if (!process.isAlive() || System.nanoTime() - begin > LIMIT.toNanos()) {
        throw new IllegalStateException(
            "The cluster has not got %s; its output is in '%s'".formatted(what, folder));
      }
      TimeUnit.MILLISECONDS.sleep(200);
    }
  }

  /// Instances of a service that take calls; none while nobody answers.
  List<InstanceView> serving(String service) {
    try {
      var response = get("/-/cluster");
      if (response.statusCode() != 200) {
        return List.of();
      }
      var view = WireJson.read(response.body(), ClusterView.class);
      view.services().values().stream()
          .flatMap(List::stream)
          .forEach(instance -> ProcessHandle.of(instance.pid()).ifPresent(seen::add));
      return view.services().getOrDefault(service, List.of()).stream()
          .filter(instance -> instance.state() == InstanceState.SERVING)
          .toList();
    } catch (IOException _) {
      return List.of();
    }
  }

  /// The application and its rollout.
  ApplicationView applicationView() throws IOException {
    return WireJson.read(get("/-/applications/primes").body(), ApplicationView.class);
  }

  /// The certificates, the newest first.
  List<RetirementView> retirements() throws IOException {
    return List.of(WireJson.read(get("/-/retirements").body(), RetirementView[].class));
  }

  /// Begins to replace the application's version by that of the same jar.
  void roll() throws IOException {
    var response = post("/-/applications/primes", "{\"jar\": \"%s\"}".formatted(application()));
    if (response.statusCode() != 202) {
      throw new IllegalStateException("The rollout was not accepted: " + response.body());
    }
  }

  HttpResponse<String> get(String path) throws IOException {
    return send(request(path).build());
  }

  HttpResponse<String> post(String path, String json) throws IOException {
    return send(
        request(path)
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(json))
            .build());
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(address.resolve(path)).timeout(LONGEST_CALL);
  }

  private HttpResponse<String> send(HttpRequest request) throws IOException {
    try {
      return http.send(request, BodyHandlers.ofString());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(e);
    }
  }

  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(STOP)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException _) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
    seen.stream().filter(ProcessHandle::isAlive).forEach(ProcessHandle::destroyForcibly);
    http.shutdownNow();
  }
}
