package dev.myelin.orchestrator.state;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.Attributes;
import java.util.jar.JarFile;

/// The jar of an application, looked at without running it.
///
/// An application without the starter would not understand `--myelin.describe` and simply run, so
/// it is recognised beforehand.
///
/// @param path where it is
public record ApplicationJar(Path path) {

  private static final String STARTER = "platform-starter";
  private static final String STARTER_CLASS = "dev/myelin/Microservice.class";

  /// Makes sure that it can be run as a cluster.
  ///
  /// @throws UnusableApplicationException if it is missing, unreadable, no jar, or without the
  ///   starter
  public void check() {
    if (!Files.exists(path)) {
      throw new UnusableApplicationException(
          "The application's jar '%s' does not exist (working directory: '%s')."
              .formatted(path, Path.of("").toAbsolutePath()),
          "Set myelin.app to the path of the jar; build it first if need be.");
    }
    if (!Files.isRegularFile(path) || !Files.isReadable(path)) {
      throw new UnusableApplicationException(
          "The application's jar '%s' is not a readable file.".formatted(path),
          "Set myelin.app to a jar that the user '%s' may read."
              .formatted(System.getProperty("user.name")));
    }
    if (!hasStarter()) {
      throw new UnusableApplicationException(
          "The application '%s' does not contain Myelin's platform-starter.".formatted(path),
          "Add the dependency dev.myelin:platform-starter to the application and build it again.");
    }
  }

  private boolean hasStarter() {
    try (var jar = new JarFile(path.toFile())) {
      return jar.stream()
              .anyMatch(
                  entry -> entry.getName().endsWith(STARTER_CLASS) || library(entry.getName()))
          || classPath(jar).contains(STARTER);
    } catch (IOException e) {
      throw new UnusableApplicationException(
          "The application '%s' cannot be read as a jar: %s.".formatted(path, e.getMessage()),
          "Set myelin.app to an executable jar, as `mvn package` builds it.");
    }
  }

  private static boolean library(String entry) {
    return entry.endsWith(".jar")
        && entry.substring(entry.lastIndexOf('/') + 1).startsWith(STARTER);
  }

  // An extracted jar names its libraries here instead of containing them
  private static String classPath(JarFile jar) throws IOException {
    var manifest = jar.getManifest();
    var value =
        manifest == null ? null : manifest.getMainAttributes().getValue(Attributes.Name.CLASS_PATH);
    return value == null ? "" : value;
  }
}
