package dev.myelin.pubsub;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/// A pubsub in a JVM of its own.
///
/// @param id its instance id
/// @param process the JVM
record PubSubProcess(String id, Process process) implements AutoCloseable {

  static PubSubProcess start(String id, Path root) throws IOException {
    var command =
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx96m",
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "--enable-native-access=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow",
            "-cp",
            System.getProperty("java.class.path"),
            PubSubApplication.class.getName(),
            "--myelin.instance-id=" + id,
            "--myelin.cluster.folder=" + root.resolve("cluster"));
    var log = root.resolve(id + ".log").toFile();
    return new PubSubProcess(
        id, new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log).start());
  }

  /// As by SIGKILL.
  void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  @Override
  public void close() {
    // its folder is deleted next
    process.destroyForcibly().onExit().join();
  }
}
