package dev.myelin.benchmarks.cluster;

import dev.myelin.membership.ClusterFolder;
import dev.myelin.membership.ClusterLease;
import dev.myelin.wire.ApplicationView;
import dev.myelin.wire.ClusterView;
import dev.myelin.wire.ClusterView.InstanceView;
import dev.myelin.wire.Instance;
import dev.myelin.wire.InstanceId;
import dev.myelin.wire.InstanceState;
import dev.myelin.wire.RetirementView;
import dev.myelin.wire.ScalingDecision;
import dev.myelin.wire.json.WireJson;
import java.io.IOException;
import java.net.BindException;
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
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

/// The primes sample as a cluster in processes of its own, as its user sees it: the built jars, one
/// port, and a folder.
///
/// Whatever was ever seen in it is killed when it is closed. Thread-safe.
public final class RunningCluster implements AutoCloseable {

  private static final Duration LIMIT = Duration.ofMinutes(10);
  private static final Duration LOOK = Duration.ofMillis(100);
  private static final Duration END_LIMIT = Duration.ofSeconds(60);
  private static final Duration LONGEST_CALL = Duration.ofMinutes(1);
  private static final int FIRST_PORT = 20_000;
  private static final int LAST_PORT = 32_000;
  private static final int PORTS_TRIED = 100;

  private final Process first;
  private final ClusterFolder folder;
  private final URI address;
  private final Set<ProcessHandle> seen = ConcurrentHashMap.newKeySet();
  private final Set<InstanceId> known = ConcurrentHashMap.newKeySet();
  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  private RunningCluster(Process first, Path folder, int port) {
    this.first = first;
    this.folder = new ClusterFolder(folder);
    this.address = URI.create("http://127.0.0.1:" + port);
    seen.add(first.toHandle());
  }

  /// Starts one; returns at once.
  ///
  /// @param arguments for the cluster, beside those that every cluster needs
  public static RunningCluster start(List<String> arguments) throws IOException {
    return start(arguments, Map.of());
  }

  /// Starts one; returns at once.
  ///
  /// @param arguments for the cluster, beside those that every cluster needs
  /// @param variables of the environment, which all of its processes inherit
  public static RunningCluster start(List<String> arguments, Map<String, String> variables)
      throws IOException {
    var folder = Files.createTempDirectory("benchmark-cluster-");
    int port = freePort();
    var command =
        new ArrayList<>(
            List.of(
                java(),
                "-Xmx256m",
                "-XX:+UseSerialGC",
                "-jar",
                BuiltJars.localCluster().toString(),
                "--myelin.app=" + BuiltJars.application(),
                "--myelin.cluster.folder=" + folder,
                "--server.address=127.0.0.1",
                "--server.port=" + port));
    command.addAll(arguments);
    var builder =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("console.txt").toFile());
    builder.environment().putAll(variables);
    return new RunningCluster(builder.start(), folder, port);
  }

  private static String java() {
    return Path.of(System.getProperty("java.home"), "bin", "java").toString();
  }

  // Below the ports that the system hands out by itself, so that no client is given it for its end
  private static int freePort() throws IOException {
    for (int attempt = 1; ; attempt++) {
      int port = ThreadLocalRandom.current().nextInt(FIRST_PORT, LAST_PORT);
      try (var socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
        return socket.getLocalPort();
      } catch (BindException e) {
        if (attempt == PORTS_TRIED) {
          throw e;
        }
      }
    }
  }

  /// The cluster as it shows itself, if it answers.
  public Optional<ClusterView> view() {
    try {
      var response = get("/-/cluster");
      if (response.statusCode() != 200) {
        return Optional.empty();
      }
      var view = WireJson.read(response.body(), ClusterView.class);
      view.services().values().stream().flatMap(List::stream).forEach(this::note);
      return Optional.of(view);
    } catch (IOException _) {
      return Optional.empty();
    }
  }

  private void note(InstanceView instance) {
    known.add(instance.id());
    if (instance.pid() > 0) {
      ProcessHandle.of(instance.pid()).ifPresent(seen::add);
    }
  }

  /// Instances that were ever seen.
  Set<InstanceId> everSeen() {
    return Set.copyOf(known);
  }

  /// Instances of a service that take calls; none while nobody answers.
  public List<InstanceView> serving(String service) {
    return view().map(view -> serving(view, service)).orElse(List.of());
  }

  /// Instances of a service that take calls.
  static List<InstanceView> serving(ClusterView view, String service) {
    return view.services().getOrDefault(service, List.of()).stream()
        .filter(instance -> instance.state() == InstanceState.SERVING)
        .toList();
  }

  /// Waits until a service has that many serving instances.
  public void awaitServing(String service, int count) throws InterruptedException {
    await(() -> serving(service).size() == count, "%d of '%s'".formatted(count, service));
  }

  /// Waits for something.
  ///
  /// @param condition asked again and again
  /// @param what for the message
  /// @throws IllegalStateException if it does not come, with the place of the cluster's output
  public void await(BooleanSupplier condition, String what) throws InterruptedException {
    long begin = System.nanoTime();
    while (!condition.getAsBoolean()) {
      boolean failed = known.isEmpty() && !first.isAlive();
      if (failed || System.nanoTime() - begin > LIMIT.toNanos()) {
        throw new IllegalStateException(
            "The cluster has not got %s; its output is in '%s'".formatted(what, folder.root()));
      }
      TimeUnit.NANOSECONDS.sleep(LOOK.toNanos());
    }
  }

  /// Waits until the AOT caches of the application and of the core services are made, as they are
  /// in any cluster that has run for a minute or two.
  void awaitCaches() throws InterruptedException {
    for (var name : List.of("aot", "aot-core")) {
      await(() -> cached(folder.root().resolve(name)), "its AOT cache in '%s'".formatted(name));
    }
  }

  private static boolean cached(Path entries) {
    try (var found =
        Files.newDirectoryStream(entries, entry -> Files.exists(entry.resolve("app.aot")))) {
      return found.iterator().hasNext();
    } catch (IOException _) {
      return false;
    }
  }

  /// Process id of the core process that was started first.
  public long pid() {
    return first.pid();
  }

  /// Process id of the core process that acts, if one does.
  Optional<Long> acting() {
    return lease()
        .flatMap(lease -> folder.read(folder.core(new InstanceId(lease.holder())), Instance.class))
        .map(found -> found.process().pid());
  }

  /// The lease as it is stored.
  Optional<ClusterLease> lease() {
    return folder.read(folder.lease(), ClusterLease.class);
  }

  /// The application and its rollout.
  ApplicationView application() throws IOException {
    return read("/-/applications/primes", ApplicationView.class);
  }

  /// The certificates, the newest first.
  List<RetirementView> retirements() throws IOException {
    return List.of(read("/-/retirements", RetirementView[].class));
  }

  /// The last decisions on numbers of instances.
  List<ScalingDecision> decisions() throws IOException {
    return List.of(read("/-/decisions", ScalingDecision[].class));
  }

  private <T> T read(String path, Class<T> type) throws IOException {
    var response = get(path);
    if (response.statusCode() != 200) {
      throw new IOException(path + " is not answered: " + response.body());
    }
    return WireJson.read(response.body(), type);
  }

  HttpResponse<String> get(String path) throws IOException {
    return send(request(path).build());
  }

  /// Posts JSON.
  public HttpResponse<String> post(String path, String json) throws IOException {
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

  /// Kills a process that belongs to the cluster.
  static void kill(long pid) {
    ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly);
  }

  /// Asks for the end of everything, as a user would, and waits for it.
  ///
  /// @return processes that are still there
  List<Long> stop() throws IOException, InterruptedException {
    var stop =
        new ProcessBuilder(
                java(),
                "-jar",
                BuiltJars.localCluster().toString(),
                "--myelin.stop",
                "--myelin.cluster.folder=" + folder.root())
            .redirectErrorStream(true)
            .redirectOutput(folder.root().resolve("stop.txt").toFile())
            .start();
    if (!stop.waitFor(END_LIMIT)) {
      stop.destroyForcibly();
    }
    // one without a command has ended, and its parent has not asked how
    return seen.stream()
        .filter(process -> process.isAlive() && process.info().command().isPresent())
        .map(ProcessHandle::pid)
        .toList();
  }

  @Override
  public void close() {
    var _ = view();
    Stream.concat(seen.stream(), first.descendants()).forEach(ProcessHandle::destroyForcibly);
    http.shutdownNow();
  }
}
