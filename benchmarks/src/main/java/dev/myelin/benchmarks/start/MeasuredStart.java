package dev.myelin.benchmarks.start;

import dev.myelin.benchmarks.myelin.SmallCluster;
import dev.myelin.orchestrator.aot.AotCaches;
import dev.myelin.orchestrator.aot.AotTraining;
import dev.myelin.orchestrator.aot.AotTraining.Rehearsal;
import dev.myelin.orchestrator.deploy.JarStart;
import dev.myelin.orchestrator.deploy.JavaCommand;
import dev.myelin.orchestrator.deploy.ProcessVariables;
import dev.myelin.orchestrator.time.Time;
import dev.myelin.wire.InstanceId;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// A jar whose processes are started one after the other: an application's instances, or core
/// processes. Not thread-safe.
public final class MeasuredStart implements AutoCloseable {

  private static final Duration LIMIT = Duration.ofMinutes(5);
  // it runs at the lowest priority, beside whatever else the machine does
  private static final Duration TRAINING_LIMIT = Duration.ofMinutes(10);
  // the orchestrator's defaults
  static final List<String> OPTIONS =
      List.of(
          "-Xms32m",
          "-Xmx256m",
          "-XX:+UseSerialGC",
          "-XX:+ExitOnOutOfMemoryError",
          "--enable-native-access=ALL-UNNAMED",
          "--sun-misc-unsafe-memory-access=allow");

  private final Path jar;
  private final Path folder;
  private final Kind kind;
  private final JarStart caches;
  private Duration trained = Duration.ZERO;
  private int started;

  /// What is started.
  interface Kind extends AutoCloseable {

    /// What a training is told.
    Rehearsal rehearsal();

    /// The command of a process.
    List<String> command(InstanceId id, JarStart start);

    /// Waits until a process is there.
    void await(InstanceId id, Duration limit) throws InterruptedException;

    @Override
    void close();
  }

  private MeasuredStart(Path jar, Path folder, Kind kind) {
    this.jar = jar;
    this.folder = folder;
    this.kind = kind;
    var program =
        new AotTraining.Program(
            JavaCommand.runningJava(), OPTIONS, ProcessVariables.NONE, TRAINING_LIMIT);
    this.caches =
        new AotCaches(
            new AotTraining(program, kind.rehearsal(), folder.resolve("training.log")),
            folder.resolve("aot"),
            Runnable::run,
            Runnable::run,
            Time.system());
  }

  /// Prepares instances, with an empty cluster.
  ///
  /// @param app the application's jar
  /// @param service a service that they host
  public static MeasuredStart ofInstances(Path app, String service) throws IOException {
    var folder = Files.createTempDirectory("start-");
    return new MeasuredStart(
        app, folder, new InstanceKind(app, service, folder, SmallCluster.open(folder)));
  }

  /// Prepares core processes which stand by, because the lease is held here.
  ///
  /// @param core the jar of the core services
  /// @param app the application's jar
  public static MeasuredStart ofCores(Path core, Path app) throws IOException {
    var folder = Files.createTempDirectory("start-");
    return new MeasuredStart(core, folder, CoreKind.open(core, app, folder));
  }

  /// Makes the cache.
  ///
  /// @throws IOException if none could be made
  public void train() throws IOException {
    long began = System.nanoTime();
    // the first question leads to a training, here at once
    caches.of(jar);
    trained = Duration.ofNanos(System.nanoTime() - began);
    if (caches.of(jar).equals(JarStart.PLAIN.of(jar))) {
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

  /// Starts a process, waits until it has registered, and ends it.
  ///
  /// @param cached whether with the cache
  public StartedProcess measure(boolean cached) throws IOException, InterruptedException {
    var id = new InstanceId("started-" + ++started);
    var builder =
        new ProcessBuilder(kind.command(id, cached ? caches : JarStart.PLAIN))
            .redirectErrorStream(true)
            .redirectOutput(Redirect.to(folder.resolve(id + ".log").toFile()));
    long began = System.nanoTime();
    var process = builder.start();
    try {
      kind.await(id, LIMIT);
      var took = Duration.ofNanos(System.nanoTime() - began);
      var processor = process.info().totalCpuDuration().orElse(Duration.ZERO);
      var memory = Path.of("/proc", Long.toString(process.pid()), "smaps_rollup");
      return new StartedProcess(took, processor, bytes(memory, "Rss:"), bytes(memory, "Pss:"));
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
    kind.close();
  }
}
