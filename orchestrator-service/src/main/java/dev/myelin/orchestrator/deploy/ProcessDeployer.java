package dev.myelin.orchestrator.deploy;

import dev.myelin.orchestrator.time.Time;
import dev.myelin.wire.InstanceId;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// Runs processes of this host.
///
/// - Output goes straight to a file, never through a pipe, so that a process neither blocks nor
///   dies when this JVM is killed.
/// - Where the system has `setsid`, each process gets a session of its own: Ctrl-C in the terminal
///   then reaches this JVM alone, which stops the others in order. Elsewhere they receive the
///   signal too, and end by themselves at the same time.
/// - A process is found by pid and start, so a pid given to a stranger is never taken for it.
public final class ProcessDeployer implements Deployer {

  private static final Path PROC = Path.of("/proc");

  private final CommandLine command;
  private final ProcessVariables variables;
  private final Path logs;
  private final Time time;
  private final List<String> session;

  /// Creates one.
  ///
  /// @param command what to run for an order
  /// @param variables what each process gets in its environment
  /// @param logs folder of the output files, one `<id>.log` a process
  /// @param time for the start of a process that ends before the system is asked
  public ProcessDeployer(CommandLine command, ProcessVariables variables, Path logs, Time time) {
    this.command = command;
    this.variables = variables;
    this.logs = logs;
    this.time = time;
    this.session = prefix("setsid", System.getenv().getOrDefault("PATH", ""));
  }

  /// What stands before a command that a program of the system is to run; empty where there is no
  /// such program.
  ///
  /// @param program its name
  /// @param path where it is looked for, as the variable `PATH` says it
  /// @param arguments its own arguments
  public static List<String> prefix(String program, String path, String... arguments) {
    for (var folder : path.split(File.pathSeparator, -1)) {
      if (!folder.isEmpty() && Files.isExecutable(Path.of(folder, program))) {
        return Stream.concat(
                Stream.of(Path.of(folder, program).toString()), Arrays.stream(arguments))
            .toList();
      }
    }
    return List.of();
  }

  @Override
  public Spawned spawn(SpawnOrder order) {
    // A child is no leader of a process group, so setsid replaces itself by the command: same pid
    var line = new ArrayList<>(session);
    line.addAll(command.of(order));
    var log = logs.resolve(order.id() + ".log");
    try {
      Files.createDirectories(logs);
      var builder =
          new ProcessBuilder(line)
              .redirectInput(Redirect.from(nullDevice()))
              .redirectErrorStream(true)
              .redirectOutput(Redirect.appendTo(log.toFile()));
      variables.applyTo(builder);
      var process = builder.start();
      var startedAt = process.info().startInstant().orElseGet(time::now);
      return new Spawned(
          order.id(),
          new ProcessKey(process.pid(), startedAt),
          process.onExit().thenApply(ended -> ended(order, new Exit(ended.exitValue()))),
          true);
    } catch (IOException e) {
      throw new UncheckedIOException(
          "Cannot start the process of '%s': %s".formatted(order.id(), e.getMessage()), e);
    }
  }

  private Exit ended(SpawnOrder order, Exit exit) {
    command.ended(order, exit);
    return exit;
  }

  /// The file that is always empty: what a process without a terminal reads.
  public static File nullDevice() {
    return new File(File.separatorChar == '\\' ? "NUL" : "/dev/null");
  }

  @Override
  public Optional<Spawned> adopt(InstanceId id, ProcessKey process) {
    return find(process)
        .map(handle ->
            new Spawned(
                id,
                new ProcessKey(
                    process.pid(), handle.info().startInstant().orElse(process.startedAt())),
                handle.onExit().thenApply(_ -> new Exit(null))));
  }

  @Override
  public boolean isAlive(ProcessKey process) {
    return find(process).isPresent();
  }

  @Override
  public void terminate(ProcessKey process) {
    find(process).ifPresent(ProcessHandle::destroy);
  }

  @Override
  public void kill(ProcessKey process) {
    find(process).ifPresent(ProcessHandle::destroyForcibly);
  }

  private static Optional<ProcessHandle> find(ProcessKey process) {
    return ProcessHandle.of(process.pid())
        .filter(ProcessHandle::isAlive)
        .filter(handle -> handle.info().startInstant().filter(process::startedAbout).isPresent())
        .filter(handle -> !zombie(handle.pid()));
  }

  // An adopted process whose new parent does not reap it (a container without an init) stays
  // listed after its end, and ProcessHandle takes it for alive.
  private static boolean zombie(long pid) {
    var stat = PROC.resolve(Long.toString(pid)).resolve("stat");
    try {
      var text = Files.readString(stat);
      int state = text.lastIndexOf(')') + 2;
      return state < text.length() && (text.charAt(state) == 'Z' || text.charAt(state) == 'X');
    } catch (IOException _) {
      return false;
    }
  }
}
