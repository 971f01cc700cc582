package dev.myelin.pubsub.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// A process of a cluster, with this test's class path.
final class Jvm implements AutoCloseable {

  private final Path log;
  private final Process process;

  Jvm(Class<?> main, Path folder, String name, String... arguments) throws IOException {
    this.log = folder.resolve(name + ".log");
    var command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx160m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                main.getName(),
                "--myelin.mode=process",
                "--server.port=0",
                "--myelin.cluster.folder=" + folder.resolve("cluster"),
                "--myelin.instance-id=" + name,
                "--myelin.orphan-timeout=1h",
                "--spring.application.name=shop",
                "--spring.main.banner-mode=off"));
    command.addAll(List.of(arguments));
    this.process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
            .start();
  }

  /// As `kill -9` does.
  void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  boolean said(String text) {
    try {
      return Files.readString(log).contains(text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  String log() {
    try {
      return Files.readString(log);
    } catch (IOException e) {
      return e.toString();
    }
  }

  @Override
  public void close() {
    process.destroyForcibly().onExit().join();
  }
}
