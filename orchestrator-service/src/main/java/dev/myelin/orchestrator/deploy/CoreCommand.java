package dev.myelin.orchestrator.deploy;

import dev.myelin.contract.BuildHash;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// Runs another process like this one: one of several that host the same core services.
///
/// @param java the `java` program
/// @param options options of the JVM
/// @param code what is run, as this process was
/// @param told arguments
/// @param start how `java` is told to run a jar
public record CoreCommand(Path java, List<String> options, Code code, Told told, JarStart start)
    implements CommandLine {

  private static final String ID = "myelin.instance-id";
  // One whose memory ran out may go on without the thread that takes connections: it holds the
  // lease and the port, and nobody could take its place
  private static final String END_WITHOUT_MEMORY = "-XX:+ExitOnOutOfMemoryError";
  private static final List<String> DEBUGGERS = List.of("-agentlib:jdwp", "-Xrunjdwp");
  // what was said to a process that runs from a copy of its jar
  private static final List<String> OF_A_COPY =
      List.of(
          "-XX:AOTCache=",
          "-D%s=".formatted(BuildHash.PROPERTY),
          "-D%s=".formatted(JarStart.ORIGIN));

  /// What `java` runs.
  public sealed interface Code {

    /// A jar.
    ///
    /// @param path which one
    record Jar(Path path) implements Code {}

    /// A class.
    ///
    /// @param classPath where classes are
    /// @param name its name
    record MainClass(String classPath, String name) implements Code {}
  }

  /// What a process is told.
  ///
  /// @param arguments the arguments that this process was given
  /// @param own options that every order sets, by name; they win over the arguments
  public record Told(List<String> arguments, Map<String, String> own) {

    /// Copies the collections.
    public Told {
      arguments = List.copyOf(arguments);
      own = Map.copyOf(own);
    }

    /// The arguments of one process.
    ///
    /// @param id its identity
    /// @param others options that win over all others, by name
    public List<String> arguments(String id, Map<String, String> others) {
      var line = new ArrayList<String>();
      // Given twice, Spring would read an option as a list
      arguments.stream()
          .filter(argument ->
              JavaCommand.optionName(argument)
                  .filter(
                      name -> name.equals(ID) || own.containsKey(name) || others.containsKey(name))
                  .isEmpty())
          .forEach(line::add);
      Stream.concat(
              own.entrySet().stream().filter(option -> !others.containsKey(option.getKey())),
              others.entrySet().stream())
          .sorted(Map.Entry.comparingByKey())
          .forEach(option -> line.add("--" + option.getKey() + "=" + option.getValue()));
      line.add("--" + ID + "=" + id);
      return line;
    }
  }

  /// For processes like the one that runs: the same Java, options, jar or class path, and
  /// arguments. A debugger's port is not taken twice, and one that runs out of memory ends, so that
  /// it is replaced, unless this process was told otherwise.
  ///
  /// @param told what they are told
  /// @param start how `java` is told to run a jar
  public static CoreCommand likeThisProcess(Told told, JarStart start) {
    return new CoreCommand(
        JavaCommand.runningJava(), optionsOfThisProcess(), codeOfThisProcess(), told, start);
  }

  /// What runs here.
  public static Code codeOfThisProcess() {
    return started(
        System.getProperty("java.class.path", ""),
        System.getProperty("sun.java.command", ""),
        Optional.ofNullable(System.getProperty(JarStart.ORIGIN)));
  }

  /// Options of a JVM like this one.
  public static List<String> optionsOfThisProcess() {
    return options(ManagementFactory.getRuntimeMXBean().getInputArguments());
  }

  /// Options of a JVM like another one.
  ///
  /// @param others options of that one
  static List<String> options(List<String> others) {
    boolean copy = others.stream().anyMatch(option -> option.startsWith(OF_A_COPY.getLast()));
    var options = new ArrayList<String>();
    // in front, so that what that one was told wins
    options.add(END_WITHOUT_MEMORY);
    others.stream()
        .filter(option -> DEBUGGERS.stream().noneMatch(option::startsWith))
        .filter(option -> !copy || OF_A_COPY.stream().noneMatch(option::startsWith))
        .filter(option -> !option.equals(END_WITHOUT_MEMORY))
        .forEach(options::add);
    return options;
  }

  /// What stands between a JVM's options and the arguments.
  ///
  /// @param classPath class path of a JVM; with `-jar` that jar alone
  /// @param command its main class or jar, and its arguments
  /// @param origin the jar of which that one is a copy, if it is one
  static Code started(String classPath, String command, Optional<String> origin) {
    return command.equals(classPath) || command.startsWith(classPath + " ")
        ? new Code.Jar(Path.of(origin.orElse(classPath)))
        : new Code.MainClass(classPath, command.split(" ", 2)[0]);
  }

  /// Copies the options.
  public CoreCommand {
    options = List.copyOf(options);
  }

  @Override
  public List<String> of(SpawnOrder order) {
    var line = new ArrayList<String>();
    line.add(java.toString());
    line.addAll(options);
    switch (code) {
      case Code.Jar(var jar) -> line.addAll(start.of(jar));
      case Code.MainClass(var classPath, var name) -> line.addAll(List.of("-cp", classPath, name));
    }
    line.addAll(told.arguments(order.id().value(), Map.of()));
    return line;
  }

  @Override
  public void ended(SpawnOrder order, Exit exit) {
    if (code instanceof Code.Jar(var jar)) {
      start.ended(jar, exit);
    }
  }
}
