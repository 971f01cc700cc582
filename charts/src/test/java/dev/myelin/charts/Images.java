package dev.myelin.charts;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/// Builds images by the recipe that users take.
final class Images {

  private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

  private Images() {}

  /// Builds one from a jar of this build; what it prints is in `target/docker-NAME.log`.
  ///
  /// @param name of the image
  /// @param jar relative to the root of the project
  /// @param training arguments of the start that makes the AOT cache
  static void build(String name, String jar, String training)
      throws IOException, InterruptedException {
    var file = ROOT.resolve(jar);
    assertThat(file).as("run `mvn package` first").isRegularFile();
    var log = Path.of("target", "docker-" + name.replace(':', '-') + ".log");
    var process =
        new ProcessBuilder(
                "docker",
                "build",
                "-f",
                "charts/image/Dockerfile",
                "--build-arg",
                "JAR=" + file.getFileName(),
                "--build-arg",
                "TRAINING=" + training,
                "-t",
                name,
                file.resolveSibling("").toString())
            .directory(ROOT.toFile())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    try {
      assertThat(process.waitFor(4, TimeUnit.MINUTES)).as("docker build ends").isTrue();
      assertThat(process.exitValue()).as("%s", Files.readString(log)).isZero();
    } finally {
      process.destroyForcibly();
    }
  }
}
