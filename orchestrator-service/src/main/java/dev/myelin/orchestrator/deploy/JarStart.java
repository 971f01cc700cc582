package dev.myelin.orchestrator.deploy;

import java.nio.file.Path;
import java.util.List;

/// How `java` is told to run a jar.
@FunctionalInterface
public interface JarStart {

  /// System property that tells a process that runs from a copy of its jar in another shape which
  /// jar that is.
  String ORIGIN = "myelin.jar-origin";

  /// The jar as it is.
  JarStart PLAIN = jar -> List.of("-jar", jar.toString());

  /// What stands between the JVM's options and the application's arguments. Waits for a moment at
  /// most, and for nothing that is still to be made.
  ///
  /// @param jar the application
  List<String> of(Path jar);

  /// A process so started has ended.
  ///
  /// @param jar the application
  /// @param exit how it ended
  default void ended(Path jar, Exit exit) {}
}
