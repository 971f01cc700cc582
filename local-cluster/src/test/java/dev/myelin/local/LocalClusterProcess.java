package dev.myelin.local;

import static org.awaitility.Awaitility.await;

import dev.myelin.membership.ClusterFolder;
import dev.myelin.wire.ClusterView;
import dev.myelin.wire.ClusterView.InstanceView;
import dev.myelin.wire.InstanceState;
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
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;
import org.awaitility.core.ConditionTimeoutException;

/// The built jar, run as a user runs it, on a free port and in a folder of its own.
///
/// Every process that was ever seen in the cluster is killed on [#close], whatever became of the
/// cluster itself.
final class LocalClusterProcess implements AutoCloseable {

  private static final Duration LIMIT = Duration.ofMinutes(4);

  private final Path folder;
  private final int port;
  private final Process process;
  private final SeenProcesses seen;
  private volatile boolean mayEnd;
  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  private LocalClusterProcess(Path folder, int port, Process process, SeenProcesses seen) {
    this.folder = folder;
    this.port = port;
    this.process = process;
    this.seen = seen;
    seen.add(process.toHandle());
  }

  /// How a cluster is started.
  ///
  /// @param app jar of the application
  /// @param folder where the cluster keeps its state
  /// @param properties system properties of every process of the cluster
  /// @param arguments further arguments
  record Setup(Path app, Path folder, List<String> properties, List<String> arguments) {

    Setup(Path app, Path folder) {
      this(app, folder, List.of(), List.of());
    }

    Setup withProperty(String name, Object value) {
      var more = new ArrayList<>(properties);
      more.add("-D" + name + "=" + value);
      return new Setup(app, folder, more, arguments);
    }

    Setup withArgument(String name, Object value) {
      var more = new ArrayList<>(arguments);
      more.add("--" + name + "=" + value);
      return new Setup(app, folder, properties, more);
    }

    LocalClusterProcess start() throws IOException {
      return start(new SeenProcesses());
    }

    /// Starts a cluster after another one on the same folder, whose processes it is to clean up
    /// too.
    LocalClusterProcess startAfter(LocalClusterProcess earlier) throws IOException {
      return start(earlier.seen);
    }

    private LocalClusterProcess start(SeenProcesses seen) throws IOException {
      Files.createDirectories(folder);
      int port = freePort();
      var builder = new ProcessBuilder(command(port)).redirectErrorStream(true);
      builder.redirectOutput(
          ProcessBuilder.Redirect.appendTo(folder.resolve("console.txt").toFile()));
      builder.redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()));
      // the processes that the cluster starts inherit the environment, and so these options
      var options =
          new ArrayList<>(List.of("-Xmx192m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
      options.addAll(properties);
      builder.environment().put("JAVA_TOOL_OPTIONS", String.join(" ", options));
      return new LocalClusterProcess(folder, port, builder.start(), seen);
    }

    private List<String> command(int port) {
      var command =
          new ArrayList<>(
              List.of(
                  SampleJars.java(),
                  "-jar",
                  SampleJars.localCluster().toString(),
                  "--myelin.app=" + app,
                  "--myelin.cluster.folder=" + folder,
                  "--server.address=127.0.0.1",
                  "--server.port=" + port));
      command.addAll(arguments);
      return command;
    }
  }

  // Below the ports that the system hands out by itself: a client that tries such a one while
  // nobody
  // listens may be given the same port for its own end, and then talks to itself
  static int freePort() throws IOException {
    for (int attempt = 0; ; attempt++) {
      int port = ThreadLocalRandom.current().nextInt(20_000, 32_000);
      try (var socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
        return socket.getLocalPort();
      } catch (BindException e) {
        if (attempt == 100) {
          throw e;
        }
      }
    }
  }

  /// The cluster as it shows itself, if it answers.
  Optional<ClusterView> view() {
    try {
      var response = get("/-/cluster");
      if (response.statusCode() != 200) {
        return Optional.empty();
      }
      var view = WireJson.read(response.body(), ClusterView.class);
      seen.addAll(view);
      return Optional.of(view);
    } catch (IOException _) {
      return Optional.empty();
    }
  }

  /// Waits until the cluster shows what is wanted.
  ///
  /// @param wanted what, for the message
  /// @param condition when it is there
  ClusterView awaitView(String wanted, Predicate<ClusterView> condition) {
    var last = new AtomicReference<Optional<ClusterView>>(Optional.empty());
    try {
      await(wanted)
          .atMost(LIMIT)
          .pollInterval(Duration.ofMillis(100))
          .until(() -> {
            if (!process.isAlive() && !mayEnd) {
              throw new IllegalStateException(
                  "The cluster ended with status " + process.exitValue() + console());
            }
            last.set(view());
            return last.get().filter(condition).isPresent();
          });
    } catch (ConditionTimeoutException e) {
      throw new AssertionError(
          "Not seen within %s: %s. Last seen: %s%n%s"
              .formatted(LIMIT, wanted, last.get().map(WireJson::write).orElse("-"), console()),
          e);
    }
    return last.get().orElseThrow();
  }

  /// Waits until each of the services, and the front, has that many serving instances and nothing
  /// is on its way in or out.
  ClusterView awaitSettled(int instances, String... services) {
    return awaitView(
        "%d of each of %s and a front, settled".formatted(instances, Arrays.toString(services)),
        view ->
            serving(view, "front").size() == 1
                && Arrays.stream(services)
                    .allMatch(service -> serving(view, service).size() == instances)
                && view.services().values().stream()
                    .flatMap(List::stream)
                    .allMatch(each -> each.state() == InstanceState.SERVING));
  }

  static List<InstanceView> serving(ClusterView view, String service) {
    return view.services().getOrDefault(service, List.of()).stream()
        .filter(instance -> instance.state() == InstanceState.SERVING)
        .toList();
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
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
        .timeout(Duration.ofMinutes(2));
  }

  private HttpResponse<String> send(HttpRequest request) throws IOException {
    try {
      return client.send(request, BodyHandlers.ofString());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(e);
    }
  }

  /// Port of the gateway.
  int port() {
    return port;
  }

  /// Process id of the core services.
  long pid() {
    return process.pid();
  }

  /// Sends TERM and waits for the end.
  ///
  /// @return the exit status
  int terminate() throws InterruptedException {
    process.destroy();
    if (!process.waitFor(LIMIT.toMillis(), TimeUnit.MILLISECONDS)) {
      throw new AssertionError("The cluster does not end on TERM" + console());
    }
    return process.exitValue();
  }

  /// Lets the first process be ended by others: what is looked at from now on is the cluster, not
  /// that process.
  void mayEnd() {
    mayEnd = true;
  }

  /// The state as it is stored.
  ClusterFolder folder() {
    return new ClusterFolder(folder);
  }

  /// Asks for the end of everything from another process, as a user would, and waits for it.
  ///
  /// @return that process's exit status
  int askToStop() throws IOException, InterruptedException {
    return new ProcessBuilder(
            SampleJars.java(),
            "-jar",
            SampleJars.localCluster().toString(),
            "--myelin.stop",
            "--myelin.cluster.folder=" + folder)
        .inheritIO()
        .start()
        .waitFor();
  }

  /// Kills the core services alone.
  void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  /// Waits until every process that was ever seen in the cluster has ended.
  void awaitNothingLeft(Duration limit) {
    try {
      await("nothing left").atMost(limit).until(seen::running, List::isEmpty);
    } catch (ConditionTimeoutException e) {
      throw new AssertionError("Left: " + seen.running() + console(), e);
    }
  }

  /// What has been printed so far.
  String console() {
    try {
      return "\n" + Files.readString(folder.resolve("console.txt"));
    } catch (IOException e) {
      return "\n(no output: " + e + ")";
    }
  }

  @Override
  public void close() {
    view();
    process.descendants().forEach(seen::add);
    process.destroyForcibly().onExit().join();
    seen.kill();
    client.shutdownNow();
  }
}
