package dev.myelin.benchmarks.start;

import dev.myelin.benchmarks.myelin.SmallCluster;
import dev.myelin.orchestrator.aot.AotCaches;
import dev.myelin.orchestrator.aot.AotTraining;
import dev.myelin.orchestrator.deploy.JarStart;
import dev.myelin.orchestrator.deploy.JavaCommand;
import dev.myelin.orchestrator.deploy.ProcessVariables;
import dev.myelin.orchestrator.deploy.SpawnOrder;
import dev.myelin.orchestrator.time.Time;
import dev.myelin.wire.InstanceId;
import dev.myelin.wire.Role;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// An application whose instances are started one after the other. Not thread-safe.
public final class MeasuredStart implements AutoCloseable {

  private static final Duration LIMIT = Duration.ofMinutes(2);
  // the orchestrator's defaults
  private static final List<String> OPTIONS =
      List.of(
          "-Xms32m",
          "-Xmx256m",
          "-XX:+UseSerialGC",
          "-XX:+ExitOnOutOfMemoryError",
          "--enable-native-access=ALL-UNNAMED",
          "--sun-misc-unsafe-memory-access=allow");

  private final Path app;
  private final String service;
  private final Path folder;
  private final SmallCluster cluster;
  private final JarStart caches;
  private Duration trained = Duration.ZERO;
  private int started;

  private MeasuredStart(Path app, String service, Path folder, SmallCluster cluster) {
    this.app = app;
    this.service = service;
    this.folder = folder;
    this.cluster = cluster;
    var program =
        new AotTraining.Program(
            JavaCommand.runningJava(), OPTIONS, List.of(), ProcessVariables.NONE, LIMIT);
    this.caches =
        new AotCaches(
            new AotTraining(program, () -> List.of(service), folder.resolve("training.log")),
            folder.resolve("aot"),
            Runnable::run,
            Runnable::run,
            Time.system());
  }

  /// Prepares it, with an empty cluster.
  ///
  /// @param app the application's jar
  /// @param service a service that its instances host
  public static MeasuredStart of(Path app, String service) throws IOException {
    var folder = Files.createTempDirectory("start-");
    return new MeasuredStart(app, service, folder, SmallCluster.open(folder));
  }

  /// Makes the cache.
  ///
  /// @throws IOException if none could be made
  public void train() throws IOException {
    long began = System.nanoTime();
    // the first question leads to a training, here at once
    caches.of(app);
    trained = Duration.ofNanos(System.nanoTime() - began);
    if (caches.of(app).equals(JarStart.PLAIN.of(app))) {
      throw new IOException("No AOT cache could be made, see " + folder.resolve("training.log"));
    }
  }

  /// How long that took.
  public Duration trained() {
    return trained;
  }

  /// Size of the cache.
  public long cacheBytes() throws IOException {
    try (var files = Files.walk(folder.resolve("aot"))) {
      return files
          .filter(file -> file.endsWith("app.aot"))
          .mapToLong(file -> file.toFile().length())
          .sum();
    }
  }

  /// Starts an instance, waits until it has registered, and ends it.
  ///
  /// @param cached whether with the cache
  public StartedInstance measure(boolean cached) throws IOException, InterruptedException {
    var id = "started-" + ++started;
    var command =
        new JavaCommand(
            JavaCommand.runningJava(),
            OPTIONS,
            app,
            folder,
            List.of(),
            cached ? caches : JarStart.PLAIN);
    var order = new SpawnOrder(new InstanceId(id), Role.INSTANCE, List.of(service), 1);
    var builder =
        new ProcessBuilder(command.of(order))
            .redirectErrorStream(true)
            .redirectOutput(Redirect.to(folder.resolve(id + ".log").toFile()));
    long began = System.nanoTime();
    var process = builder.start();
    try {
      cluster.await(id, LIMIT);
      var took = Duration.ofNanos(System.nanoTime() - began);
      var memory = Path.of("/proc", Long.toString(process.pid()), "smaps_rollup");
      return new StartedInstance(took, bytes(memory, "Rss:"), bytes(memory, "Pss:"));
    } finally {
      process.destroyForcibly().waitFor(10, TimeUnit.SECONDS);
    }
  }

  private static long bytes(Path memory, String name) throws IOException {
    try (var lines = Files.lines(memory)) {
      return lines
          .filter(line -> line.startsWith(name))
          .map(line -> line.substring(name.length()).replace("kB", "").strip())
          .mapToLong(kilobytes -> Long.parseLong(kilobytes) << 10)
          .findFirst()
          .orElse(0);
    }
  }

  @Override
  public void close() {
    cluster.close();
  }
}
