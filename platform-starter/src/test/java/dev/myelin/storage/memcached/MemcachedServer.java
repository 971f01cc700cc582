package dev.myelin.storage.memcached;

import dev.myelin.wire.Endpoint;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// A real memcached on a free port.
public final class MemcachedServer implements AutoCloseable {

  private static final int LOWEST_PORT = 20_000;
  private static final int HIGHEST_PORT = 31_999;

  private final String address;
  private final int port;
  private final List<String> options;
  private @Nullable Process process;

  private MemcachedServer(String address, int port, List<String> options) {
    this.address = address;
    this.port = port;
    this.options = options;
  }

  /// Starts one.
  ///
  /// @param options of its command line, beside what each has
  public static MemcachedServer start(String... options) throws IOException, InterruptedException {
    return start("127.0.0.1", freePort(), options);
  }

  /// Starts one at an address of this machine.
  ///
  /// @param address such as 127.0.0.2
  /// @param port free there
  /// @param options of its command line, beside what each has
  public static MemcachedServer start(String address, int port, String... options)
      throws IOException, InterruptedException {
    var server = new MemcachedServer(address, port, List.of(options));
    server.restart();
    return server;
  }

  /// A port that nothing listens on.
  public static int freePort() {
    while (true) {
      int port = ThreadLocalRandom.current().nextInt(LOWEST_PORT, HIGHEST_PORT);
      try (var _ = new ServerSocket(port, 1, InetAddress.getByName("0.0.0.0"))) {
        return port;
      } catch (IOException _) {
        // taken
      }
    }
  }

  private static String binary() {
    return List.of("/usr/bin/memcached", "/usr/local/bin/memcached").stream()
        .filter(path -> Files.isExecutable(Path.of(path)))
        .findFirst()
        .orElseThrow(() ->
            new IllegalStateException(
                "This test needs memcached: apt-get update && apt-get install -y memcached"));
  }

  /// Where it listens.
  public Endpoint endpoint() {
    return new Endpoint(address, port);
  }

  /// Starts it, empty.
  public void restart() throws IOException, InterruptedException {
    var command =
        new ArrayList<>(
            List.of(
                binary(),
                "-u",
                "nobody",
                "-l",
                address,
                "-p",
                Integer.toString(port),
                "-U",
                "0",
                "-m",
                "64",
                "-t",
                "1"));
    // the last of two is what memcached takes
    command.addAll(options);
    process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    for (int tries = 0; tries < 400; tries++) {
      try (var socket = new Socket()) {
        socket.connect(new InetSocketAddress(address, port), 500);
        return;
      } catch (IOException _) {
        TimeUnit.MILLISECONDS.sleep(25);
      }
    }
    throw new IllegalStateException("memcached does not listen on " + endpoint());
  }

  /// As `kill -9` does.
  public void kill() {
    var running = process;
    if (running != null) {
      running.destroyForcibly().onExit().join();
    }
  }

  /// Lets it hang: connections stay and are accepted, nothing is answered.
  public void pause() throws IOException, InterruptedException {
    signal("-STOP");
  }

  /// Lets it go on.
  public void resume() throws IOException, InterruptedException {
    signal("-CONT");
  }

  private void signal(String signal) throws IOException, InterruptedException {
    var running = process;
    if (running == null
        || new ProcessBuilder("kill", signal, Long.toString(running.pid())).start().waitFor()
            != 0) {
      throw new IllegalStateException("kill %s failed".formatted(signal));
    }
  }

  @Override
  public void close() {
    kill();
  }
}
