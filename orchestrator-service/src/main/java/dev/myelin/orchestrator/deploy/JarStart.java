package dev.myelin.orchestrator.deploy;

import java.nio.file.Path;
import java.util.List;

/// How `java` is told to run a jar.
@FunctionalInterface
public interface JarStart {

  /// The jar as it is.
  JarStart PLAIN = jar -> List.of("-jar", jar.toString());

  /// What stands between the JVM's options and the application's arguments. Never waits.
  ///
  /// @param jar the application
  List<String> of(Path jar);

  /// A process so started has ended.
  ///
  /// @param jar the application
  /// @param exit how it ended
  default void ended(Path jar, Exit exit) {}
}
