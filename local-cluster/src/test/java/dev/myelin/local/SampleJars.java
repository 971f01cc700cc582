package dev.myelin.local;

import java.nio.file.Files;
import java.nio.file.Path;

/// The jars that the build has made before these tests run.
final class SampleJars {

  private SampleJars() {}

  static Path primes() {
    return built("../sample-apps/primes/target/primes.jar");
  }

  static Path guestbook() {
    return built("../sample-apps/guestbook/target/guestbook.jar");
  }

  static Path shapes() {
    return built("../sample-apps/shapes/target/shapes.jar");
  }

  static Path localCluster() {
    return built("target/local-cluster.jar");
  }

  static String java() {
    return Path.of(System.getProperty("java.home"), "bin", "java").toString();
  }

  private static Path built(String path) {
    var jar = Path.of(path).toAbsolutePath().normalize();
    if (!Files.isRegularFile(jar)) {
      throw new IllegalStateException(
          "'%s' is missing: build it with `mvn verify` at the root".formatted(jar));
    }
    return jar;
  }
}
