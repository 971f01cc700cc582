package dev.myelin.benchmarks.endurance;

import dev.myelin.membership.ClusterFolder;
import dev.myelin.membership.ClusterLease;
import dev.myelin.wire.ClusterView;
import dev.myelin.wire.ClusterView.InstanceView;
import dev.myelin.wire.Instance;
import dev.myelin.wire.InstanceId;
import dev.myelin.wire.InstanceState;
import dev.myelin.wire.json.WireJson;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/// A local cluster in processes of its own, as its user sees it: one port, and a folder.
///
/// Whatever was ever seen in it is killed when it is closed. Thread-safe.
final class RunningCluster implements AutoCloseable {

  private static final Duration END_LIMIT = Duration.ofSeconds(60);
  private static final Duration REQUEST_LIMIT = Duration.ofSeconds(30);

  private final Process first;
  private final ClusterFolder folder;
  private final Path jar;
  private final int port;
  private final Set<ProcessHandle> seen = ConcurrentHashMap.newKeySet();
  private final Map<InstanceId, String> known = new ConcurrentHashMap<>();
  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  /// What is started.
  ///
  /// @param jar the local cluster's
  /// @param app the application's
  /// @param folder where the state is kept
  /// @param port where it is called
  /// @param arguments further ones
  record Setup(Path jar, Path app, Path folder, int port, List<String> arguments) {}

  private RunningCluster(Setup setup, Process first) {
    this.first = first;
    this.jar = setup.jar();
    this.folder = new ClusterFolder(setup.folder());
    this.port = setup.port();
    seen.add(first.toHandle());
  }

  /// Starts one; returns at once.
  static RunningCluster start(Setup setup) throws IOException {
    var command =
        new ArrayList<>(
            List.of(
                java(),
                "-Xmx256m",
                "-XX:+UseSerialGC",
                "-jar",
                setup.jar().toString(),
                "--myelin.app=" + setup.app(),
                "--myelin.cluster.folder=" + setup.folder(),
                "--server.address=127.0.0.1",
                "--server.port=" + setup.port()));
    command.addAll(setup.arguments());
    var process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(setup.folder().resolve("console.txt").toFile())
            .start();
    return new RunningCluster(setup, process);
  }

  private static String java() {
    return Path.of(System.getProperty("java.home"), "bin", "java").toString();
  }

  /// The cluster as it shows itself, if it answers.
  Optional<ClusterView> view() {
    try {
      var response = get("/-/cluster");
      if (response.statusCode() != 200) {
        return Optional.empty();
      }
      var view = WireJson.read(response.body(), ClusterView.class);
      view.services().forEach((service, instances) -> instances.forEach(one -> note(service, one)));
      return Optional.of(view);
    } catch (IOException _) {
      return Optional.empty();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }

  private void note(String service, InstanceView instance) {
    known.putIfAbsent(instance.id(), service);
    if (instance.pid() > 0) {
      ProcessHandle.of(instance.pid()).ifPresent(seen::add);
    }
  }

  /// Instances that were ever seen, and a service of each.
  Map<InstanceId, String> everSeen() {
    return Map.copyOf(known);
  }

  /// Process ids of the serving instances of a service.
  static List<Long> serving(ClusterView view, String service) {
    return view.services().getOrDefault(service, List.of()).stream()
        .filter(instance -> instance.state() == InstanceState.SERVING)
        .map(InstanceView::pid)
        .toList();
  }

  /// Process id of the core process that acts, if one does.
  Optional<Long> acting() {
    return lease().flatMap(lease -> core(new InstanceId(lease.holder())));
  }

  /// The lease as it is stored.
  Optional<ClusterLease> lease() {
    return folder.read(folder.lease(), ClusterLease.class);
  }

  private Optional<Long> core(InstanceId id) {
    return folder.read(folder.core(id), Instance.class).map(found -> found.process().pid());
  }

  HttpResponse<String> get(String path) throws IOException, InterruptedException {
    return client.send(request(path).build(), BodyHandlers.ofString());
  }

  HttpResponse<String> post(String path, String type, HttpRequest.BodyPublisher body)
      throws IOException, InterruptedException {
    return client.send(
        request(path).header("Content-Type", type).POST(body).build(), BodyHandlers.ofString());
  }

  HttpResponse<String> post(String path, String json) throws IOException, InterruptedException {
    return post(path, "application/json", BodyPublishers.ofString(json));
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
        .timeout(REQUEST_LIMIT);
  }

  /// Kills a process that belongs to the cluster.
  static void kill(long pid) {
    ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly);
  }

  /// Asks for the end of everything and waits for it.
  ///
  /// @return processes that are still there
  List<Long> stop() throws IOException, InterruptedException {
    var stop =
        new ProcessBuilder(
                java(),
                "-jar",
                jar.toString(),
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
    client.shutdownNow();
  }
}
