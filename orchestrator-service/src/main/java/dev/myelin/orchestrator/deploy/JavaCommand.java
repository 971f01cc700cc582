package dev.myelin.orchestrator.deploy;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Runs the application's jar with the Java that runs this JVM.
///
/// @param java the `java` program
/// @param jvmOptions options of the JVM
/// @param jar the application, where the order names no version of it
/// @param folder the cluster's folder
/// @param arguments arguments for the application; none that the orchestrator sets itself
/// @param start how `java` is told to run the jar
public record JavaCommand(
    Path java,
    List<String> jvmOptions,
    Path jar,
    Path folder,
    List<String> arguments,
    JarStart start)
    implements CommandLine {

  /// Options that every order sets. Given twice, Spring would read an option as a list.
  private static final Set<String> OWN =
      Set.of(
          "myelin.mode",
          "myelin.hosts",
          "myelin.instance-id",
          "myelin.cluster.folder",
          "myelin.describe",
          "server.port");

  /// Copies the lists.
  ///
  /// @throws IllegalArgumentException if an argument is one that every order sets
  public JavaCommand {
    jvmOptions = List.copyOf(jvmOptions);
    arguments = List.copyOf(arguments);
    for (var argument : arguments) {
      optionName(argument)
          .filter(OWN::contains)
          .ifPresent(name -> {
            throw new IllegalArgumentException(
                "Argument '--%s' cannot be passed to the application: the orchestrator sets it for each process."
                    .formatted(name));
          });
    }
  }

  /// The running JVM's own `java`.
  public static Path runningJava() {
    return Path.of(System.getProperty("java.home"), "bin", "java");
  }

  /// Name of the option that an argument sets, if it sets one.
  ///
  /// @param argument `--name=value`, `--name` or anything else
  public static Optional<String> optionName(String argument) {
    if (!argument.startsWith("--")) {
      return Optional.empty();
    }
    int end = argument.indexOf('=');
    return Optional.of(argument.substring(2, end < 0 ? argument.length() : end));
  }

  @Override
  public List<String> of(SpawnOrder order) {
    var line = new ArrayList<String>();
    line.add(java.toString());
    line.addAll(jvmOptions);
    line.addAll(start.of(jar(order)));
    line.addAll(arguments);
    line.add("--myelin.mode=process");
    // Said even when empty, so that a variable of the environment cannot make the front an instance
    line.add("--myelin.hosts=" + String.join(",", order.services()));
    line.add("--myelin.instance-id=" + order.id());
    line.add("--myelin.cluster.folder=" + folder);
    line.add("--server.port=0");
    return line;
  }

  @Override
  public void ended(SpawnOrder order, Exit exit) {
    start.ended(jar(order), exit);
  }

  private Path jar(SpawnOrder order) {
    var version = order.version().jar();
    return version == null ? jar : version;
  }
}
