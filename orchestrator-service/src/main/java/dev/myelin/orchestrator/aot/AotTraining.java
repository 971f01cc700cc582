package dev.myelin.orchestrator.aot;

import dev.myelin.contract.BuildHash;
import dev.myelin.orchestrator.deploy.ProcessDeployer;
import dev.myelin.orchestrator.deploy.ProcessVariables;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.jar.JarFile;
import org.jspecify.annotations.Nullable;

/// Makes an AOT cache: extracts the jar, then runs it as an instance that ends as soon as its beans
/// are made.
///
/// Such a run does what the start of any instance does, up to there: beans that are to be started,
/// servers, runners and schedules are not, and it is told of a cluster that does not exist, so it
/// neither registers nor calls anybody. It runs at the lowest priority where the system has `nice`.
public final class AotTraining {

  private static final String LAUNCHER = "org.springframework.boot.loader.launch.JarLauncher";

  private final Program program;
  private final Supplier<List<String>> services;
  private final Path output;
  private final List<String> priority;
  private volatile @Nullable Process running;

  /// How the application is run.
  ///
  /// @param java the `java` program
  /// @param jvmOptions options of the JVM
  /// @param arguments arguments of the application
  /// @param variables what its processes get in their environment
  /// @param limit time after which a training that has not ended is given up
  public record Program(
      Path java,
      List<String> jvmOptions,
      List<String> arguments,
      ProcessVariables variables,
      Duration limit) {

    /// Copies the lists.
    public Program {
      jvmOptions = List.copyOf(jvmOptions);
      arguments = List.copyOf(arguments);
    }
  }

  /// Creates it.
  ///
  /// @param program how the application is run
  /// @param services names of the services to be hosted in the training; may block
  /// @param output file that what is printed goes to
  public AotTraining(Program program, Supplier<List<String>> services, Path output) {
    this.program = program;
    this.services = services;
    this.output = output;
    this.priority =
        ProcessDeployer.prefix("nice", System.getenv().getOrDefault("PATH", ""), "-n", "19");
  }

  AotKey key(Path jar) throws IOException {
    return AotKey.of(jar, program.java(), program.jvmOptions());
  }

  /// What tells `java` to run an entry's jar, without a cache.
  static List<String> extracted(Path jar, AotEntry entry) {
    return List.of(
        "-D%s=%s".formatted(BuildHash.PROPERTY, BuildHash.of(jar.toFile())),
        "-jar",
        entry.jar().toString());
  }

  /// Whether it is a jar that can be extracted: one of Spring Boot's with the usual launcher.
  static boolean extractable(Path jar) throws IOException {
    try (var file = new JarFile(jar.toFile())) {
      var manifest = file.getManifest();
      return manifest != null
          && LAUNCHER.equals(manifest.getMainAttributes().getValue("Main-Class"));
    }
  }

  /// Makes the cache of an entry that has none. Blocks for some seconds to minutes.
  ///
  /// @throws IOException if it could not be made; the message says why
  void train(Path jar, AotEntry entry) throws IOException {
    if (!Files.isRegularFile(entry.jar())) {
      extract(jar, entry);
    }
    var draft = entry.folder().resolve("draft-%d.aot".formatted(ProcessHandle.current().pid()));
    var line = new ArrayList<>(priority);
    line.add(program.java().toString());
    line.addAll(program.jvmOptions());
    line.add("-XX:AOTCacheOutput=" + draft);
    line.add("-Dspring.context.exit=onRefresh");
    line.addAll(extracted(jar, entry));
    line.addAll(program.arguments());
    line.add("--myelin.mode=process");
    line.add("--myelin.hosts=" + String.join(",", services.get()));
    line.add("--myelin.instance-id=aot-training");
    line.add("--myelin.cluster.folder=" + entry.folder().resolve("no-cluster"));
    line.add("--server.port=0");
    try {
      run(line);
      entry.accept(draft);
    } finally {
      Files.deleteIfExists(draft);
      Files.deleteIfExists(draft.resolveSibling(draft.getFileName() + ".config"));
    }
  }

  private void extract(Path jar, AotEntry entry) throws IOException {
    var entries = entry.folder().getParent();
    Files.createDirectories(entries);
    var draft = Files.createTempDirectory(entries, ".extract-");
    try {
      var line = new ArrayList<>(priority);
      line.add(program.java().toString());
      line.addAll(List.of("-Djarmode=tools", "-jar", jar.toString()));
      line.addAll(List.of("extract", "--destination", draft.resolve("app").toString()));
      run(line);
      AotEntry.delete(entry.folder());
      Files.move(draft, entry.folder(), StandardCopyOption.ATOMIC_MOVE);
    } finally {
      AotEntry.delete(draft);
    }
  }

  private void run(List<String> line) throws IOException {
    Files.createDirectories(output.getParent());
    var builder =
        new ProcessBuilder(line)
            .redirectInput(Redirect.from(ProcessDeployer.nullDevice()))
            .redirectErrorStream(true)
            .redirectOutput(Redirect.to(output.toFile()));
    program.variables().applyTo(builder);
    var process = builder.start();
    running = process;
    try {
      if (!process.waitFor(program.limit().toNanos(), TimeUnit.NANOSECONDS)) {
        throw new IOException("it did not end within " + program.limit().toSeconds() + " s");
      }
      if (process.exitValue() != 0) {
        throw new IOException(
            "it ended with exit code %d, see '%s'".formatted(process.exitValue(), output));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    } finally {
      running = null;
      end(process);
    }
  }

  // The cache is written by a child of the process that was observed
  private static void end(Process process) {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
  }

  /// Ends a training that is under way.
  void cancel() {
    var process = running;
    if (process != null) {
      end(process);
    }
  }
}
