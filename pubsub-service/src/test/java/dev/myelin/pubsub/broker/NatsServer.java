package dev.myelin.pubsub.broker;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// A real NATS server with JetStream, on a free port and in a folder of its own.
final class NatsServer implements AutoCloseable {

  private final Path folder;
  private final int port;
  private @Nullable Process process;

  NatsServer(Path folder) throws IOException {
    this.folder = folder;
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      this.port = socket.getLocalPort();
    }
  }

  static Path binary() {
    return List.of("/usr/sbin/nats-server", "/usr/bin/nats-server", "/usr/local/bin/nats-server")
        .stream()
        .map(Path::of)
        .filter(Files::isExecutable)
        .findFirst()
        .orElseThrow(() ->
            new IllegalStateException(
                "This test needs a NATS server: apt-get update && apt-get install -y nats-server"));
  }

  String address() {
    return "nats://127.0.0.1:" + port;
  }

  void start() throws Exception {
    process =
        new ProcessBuilder(
                binary().toString(),
                "-js",
                "-sd",
                folder.resolve("jetstream").toString(),
                "-a",
                "127.0.0.1",
                "-p",
                Integer.toString(port))
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(folder.resolve("nats.log").toFile()))
            .start();
    awaitPort();
  }

  private void awaitPort() throws Exception {
    for (int tries = 0; tries < 400; tries++) {
      try (var socket = new Socket()) {
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 500);
        return;
      } catch (IOException _) {
        TimeUnit.MILLISECONDS.sleep(50);
      }
    }
    throw new IllegalStateException(
        "NATS does not listen: " + Files.readString(folder.resolve("nats.log")));
  }

  /// As `kill -9` does.
  void kill() throws InterruptedException {
    var running = process;
    if (running != null) {
      running.destroyForcibly().waitFor();
    }
  }

  @Override
  public void close() {
    var running = process;
    if (running != null) {
      running.destroyForcibly().onExit().join();
    }
  }
}
