package dev.myelin.benchmarks.cluster;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// The jars that a cluster is started from.
public final class BuiltJars {

  private BuiltJars() {}

  /// The local cluster's.
  public static Path localCluster() {
    return built("local-cluster/target/local-cluster.jar");
  }

  /// The application's: the primes sample.
  public static Path application() {
    return built("sample-apps/primes/target/primes.jar");
  }

  private static Path built(String path) {
    // the root of the repository, or this module
    for (var root : List.of(Path.of(""), Path.of(".."))) {
      var jar = root.resolve(path).toAbsolutePath().normalize();
      if (Files.isRegularFile(jar)) {
        return jar;
      }
    }
    throw new IllegalStateException(
        "'%s' is missing: build it with `mvn -DskipTests package` at the root, and run this from there"
            .formatted(path));
  }
}
