package dev.myelin.orchestrator.aot;

import dev.myelin.contract.BuildHash;
import dev.myelin.orchestrator.deploy.JarStart;
import dev.myelin.orchestrator.deploy.ProcessDeployer;
import dev.myelin.orchestrator.deploy.ProcessVariables;
import dev.myelin.wire.InstanceId;
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

/// Makes an AOT cache: extracts the jar, then rehearses the start of a process of it, up to the
/// point where its beans are made.
///
/// Such a run does what the start of any of them does, up to there: beans that are to be started,
/// servers, runners and schedules are not, and it is told of a cluster that does not exist, so it
/// neither registers nor calls anybody. It runs at the lowest priority where the system has `nice`.
public final class AotTraining {

  private static final String LAUNCHER = "org.springframework.boot.loader.launch.JarLauncher";

  private final Program program;
  private final Rehearsal rehearsal;
  private final Path output;
  private final List<String> priority;
  private volatile @Nullable Process running;

  /// How the jar is run.
  ///
  /// @param java the `java` program
  /// @param jvmOptions options of the JVM
  /// @param variables what its processes get in their environment
  /// @param limit time after which a training that has not ended is given up
  public record Program(
      Path java, List<String> jvmOptions, ProcessVariables variables, Duration limit) {

    /// Copies the list.
    public Program {
      jvmOptions = List.copyOf(jvmOptions);
    }
  }

  /// What a process is told in its training.
  @FunctionalInterface
  public interface Rehearsal {

    /// Identity of a process that is trained with.
    InstanceId ID = new InstanceId("aot-training");

    /// The arguments. May block.
    ///
    /// @param folder of a cluster that does not exist; deleted after the training
    /// @throws IOException if something cannot be laid there
    List<String> arguments(Path folder) throws IOException;

    /// That of an instance.
    ///
    /// @param arguments arguments of the application
    /// @param services names of the services to be hosted; may block
    static Rehearsal ofInstance(List<String> arguments, Supplier<List<String>> services) {
      return folder -> {
        var line = new ArrayList<>(arguments);
        line.add("--myelin.mode=process");
        line.add("--myelin.hosts=" + String.join(",", services.get()));
        line.add("--myelin.instance-id=" + ID);
        line.add("--myelin.cluster.folder=" + folder);
        line.add("--server.port=0");
        return line;
      };
    }
  }

  /// Creates it.
  ///
  /// @param program how the jar is run
  /// @param rehearsal what it is told
  /// @param output file that what is printed goes to
  public AotTraining(Program program, Rehearsal rehearsal, Path output) {
    this.program = program;
    this.rehearsal = rehearsal;
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
        "-D%s=%s".formatted(JarStart.ORIGIN, jar.toAbsolutePath()),
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
    var noCluster = entry.folder().resolve("no-cluster");
    try {
      line.addAll(rehearsal.arguments(noCluster));
      run(line);
      entry.accept(draft);
    } finally {
      Files.deleteIfExists(draft);
      Files.deleteIfExists(draft.resolveSibling(draft.getFileName() + ".config"));
      AotEntry.delete(noCluster);
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
