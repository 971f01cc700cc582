package dev.myelin.benchmarks.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import dev.myelin.benchmarks.lab.Host.Way;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Hosts of a lab, with a server on one of them. Needs root, as its build has it.
@Timeout(120)
class NetworkIT {

  private static final int PORT = 8_000;
  private static final Duration SILENCE = Duration.ofMillis(500);
  private static final Duration LONG = Duration.ofSeconds(20);

  private static Network network;
  private static Host client;
  private static Host server;

  @BeforeAll
  static void start() throws Exception {
    network = Network.of("client", "server");
    client = network.host("client");
    server = network.host("server");
    // ends with its namespace
    new ProcessBuilder(
            "ip",
            "netns",
            "exec",
            server.namespace(),
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx32m",
            "-m",
            "jdk.httpserver",
            "-b",
            server.address(),
            "-p",
            Integer.toString(PORT),
            "-d",
            Path.of("").toAbsolutePath().toString())
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .start();
    await().atMost(Duration.ofSeconds(60)).ignoreExceptions().untilAsserted(NetworkIT::connect);
  }

  @AfterAll
  static void stop() throws Exception {
    network.close();

    assertThat(SystemCommand.run("ip", "netns", "list"))
        .doesNotContain(client.namespace(), server.namespace());
    assertThat(SystemCommand.run("ip", "-o", "-4", "address")).doesNotContain(network.home());
  }

  @AfterEach
  void heal() throws Exception {
    server.heal();
    connect();
  }

  /// From home.
  private static void connect() throws IOException {
    connect(LONG);
  }

  private static void connect(Duration limit) throws IOException {
    try (var socket = new Socket()) {
      socket.connect(
          new InetSocketAddress(server.address(), PORT), Math.toIntExact(limit.toMillis()));
    }
  }

  private static void assertSilence() {
    assertThatExceptionOfType(SocketTimeoutException.class).isThrownBy(() -> connect(SILENCE));
  }

  private static boolean clientConnects(Duration limit) throws IOException, InterruptedException {
    var line =
        List.of(
            "ip",
            "netns",
            "exec",
            client.namespace(),
            "timeout",
            Double.toString(limit.toMillis() / 1e3),
            "bash",
            "-c",
            "exec 3<>/dev/tcp/%s/%d".formatted(server.address(), PORT));
    return new ProcessBuilder(line).start().waitFor() == 0;
  }

  @Test
  void blackholeIsSilence() throws Exception {
    server.blackhole();

    assertSilence();
  }

  @Test
  void rejectionIsAReset() throws Exception {
    server.reject();

    assertThatExceptionOfType(ConnectException.class).isThrownBy(NetworkIT::connect);
  }

  @Test
  void cutConcernsOneOtherHostAlone() throws Exception {
    assertThat(clientConnects(LONG)).isTrue();
    for (var way : Way.values()) {
      server.cutFrom(client.address(), way);

      assertThat(clientConnects(SILENCE)).as("%s", way).isFalse();
      connect();
      server.heal();
    }
  }

  @Test
  void lossOfEverythingIsSilenceAndOfNothingIsNone() throws Exception {
    server.lose(Way.IN, 0);
    connect();
    server.lose(Way.IN, 1);
    assertSilence();
  }

  @Test
  void processIsPlacedByWhatItHostsAndKeepsItsId(@TempDir Path folder) throws Exception {
    var hosts = Map.of("web", List.of(client, server), "front", List.of(client));
    var placement = new Placement(folder, network.home(), hosts);

    assertThat(placed(folder, placement, "web")).isEqualTo(client.address());
    assertThat(placed(folder, placement, "web")).isEqualTo(server.address());
    assertThat(placed(folder, placement, "web")).isEqualTo(client.address());
    assertThat(placed(folder, placement, "")).isEqualTo(client.address());
    assertThat(placed(folder, placement, "other")).isEqualTo(network.home());
  }

  /// Where a command finds itself, which is where it is told that it is.
  private static String placed(Path folder, Placement placement, String hosts) throws Exception {
    var builder =
        new ProcessBuilder(
            folder.resolve("setsid").toString(),
            "sh",
            "-c",
            "echo $$ $MYELIN_BINDADDRESS; ip -o -4 address",
            "sh",
            "--myelin.hosts=" + hosts);
    builder.environment().putAll(placement.variables());
    var process = builder.start();
    var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    var said = output.lines().findFirst().orElseThrow().split(" ", -1);

    assertThat(said[0]).isEqualTo(Long.toString(process.pid()));
    assertThat(output).contains(" " + said[1] + "/24");
    return said[1];
  }
}
