package dev.myelin.orchestrator.deploy;

import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Runs another process like this one: one of several that host the same core services.
///
/// @param program program and its options, up to the arguments, as this process was started
/// @param arguments the arguments that this process was given
/// @param own options that every order sets, by name; they win over the arguments
public record CoreCommand(List<String> program, List<String> arguments, Map<String, String> own)
    implements CommandLine {

  private static final String ID = "myelin.instance-id";
  // One whose memory ran out may go on without the thread that takes connections: it holds the
  // lease and the port, and nobody could take its place
  private static final String END_WITHOUT_MEMORY = "-XX:+ExitOnOutOfMemoryError";
  private static final List<String> DEBUGGERS = List.of("-agentlib:jdwp", "-Xrunjdwp");

  /// For processes like the one that runs: the same Java, options, jar or class path, and
  /// arguments. A debugger's port is not taken twice, and one that runs out of memory ends, so that
  /// it is replaced, unless this process was told otherwise.
  ///
  /// @param arguments the arguments that this process was given
  /// @param own options that every order sets, by name
  public static CoreCommand likeThisProcess(List<String> arguments, Map<String, String> own) {
    var program = new ArrayList<String>();
    program.add(JavaCommand.runningJava().toString());
    program.addAll(options(ManagementFactory.getRuntimeMXBean().getInputArguments()));
    program.addAll(
        started(
            System.getProperty("java.class.path", ""), System.getProperty("sun.java.command", "")));
    return new CoreCommand(program, arguments, own);
  }

  /// Options of a JVM like another one.
  ///
  /// @param others options of that one
  static List<String> options(List<String> others) {
    var options = new ArrayList<String>();
    // in front, so that what that one was told wins
    options.add(END_WITHOUT_MEMORY);
    others.stream()
        .filter(option -> DEBUGGERS.stream().noneMatch(option::startsWith))
        .filter(option -> !option.equals(END_WITHOUT_MEMORY))
        .forEach(options::add);
    return options;
  }

  /// What stands between a JVM's options and the arguments.
  ///
  /// @param classPath class path of a JVM; with `-jar` that jar alone
  /// @param command its main class or jar, and its arguments
  static List<String> started(String classPath, String command) {
    return command.equals(classPath) || command.startsWith(classPath + " ")
        ? List.of("-jar", classPath)
        : List.of("-cp", classPath, command.split(" ", 2)[0]);
  }

  /// Copies the collections.
  public CoreCommand {
    program = List.copyOf(program);
    arguments = List.copyOf(arguments);
    own = Map.copyOf(own);
  }

  @Override
  public List<String> of(SpawnOrder order) {
    var line = new ArrayList<>(program);
    arguments.stream()
        .filter(argument -> JavaCommand.optionName(argument).filter(this::sets).isEmpty())
        .forEach(line::add);
    own.entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .forEach(option -> line.add("--" + option.getKey() + "=" + option.getValue()));
    line.add("--" + ID + "=" + order.id());
    return line;
  }

  // Given twice, Spring would read an option as a list
  private boolean sets(String name) {
    return name.equals(ID) || own.containsKey(name);
  }
}
