package dev.myelin.storage.memcached;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Memcacheds by a name of the DNS, whose addresses change while a process uses them: those of the
/// pods of a headless Service. The process is one of its own, and its resolver a file of hosts.
final class NamedNodesIT {

  private static final String NAME = "memcached.shop.svc.cluster.local";
  private static final int KEYS = 50;

  @TempDir private Path folder;
  private MemcachedServer first;
  private MemcachedServer second;
  private Process process;
  private PrintWriter input;
  private BufferedReader output;

  @BeforeEach
  void start() throws Exception {
    int port = MemcachedServer.freePort();
    first = MemcachedServer.start("127.0.0.2", port);
    second = MemcachedServer.start("127.0.0.3", port);
    name("127.0.0.2");
    process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx128m",
                "-XX:+UseSerialGC",
                "-Djdk.net.hosts.file=" + folder.resolve("hosts"),
                "-Dsun.net.inetaddr.ttl=0",
                "-Dsun.net.inetaddr.negative.ttl=0",
                "-cp",
                System.getProperty("java.class.path"),
                NamedNodesProcess.class.getName(),
                NAME,
                Integer.toString(port))
            .redirectError(folder.resolve("log").toFile())
            .start();
    input = new PrintWriter(process.outputWriter(UTF_8), true);
    output = process.inputReader(UTF_8);
  }

  @AfterEach
  void stop() {
    process.destroyForcibly().onExit().join();
    first.close();
    second.close();
  }

  /// Gives the name these addresses and no others.
  private void name(String... addresses) throws IOException {
    var next = folder.resolve("next");
    Files.write(next, Stream.of(addresses).map(each -> each + " " + NAME).toList());
    Files.move(
        next,
        folder.resolve("hosts"),
        StandardCopyOption.ATOMIC_MOVE,
        StandardCopyOption.REPLACE_EXISTING);
  }

  /// The answer to a line; lines that the process logs are none.
  private String ask(String line) {
    input.println(line);
    try {
      var answer = output.readLine();
      while (answer != null && !answer.matches("(127|put|none|failed|old|new|last).*|")) {
        answer = output.readLine();
      }
      return String.valueOf(answer);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void awaitNodes(MemcachedServer... servers) {
    var expected =
        Stream.of(servers)
            .map(server -> server.endpoint().toString())
            .sorted()
            .collect(Collectors.joining(","));
    await()
        .atMost(Duration.ofSeconds(60))
        .untilAsserted(() -> assertThat(ask("nodes")).isEqualTo(expected));
  }

  private List<String> values() {
    return IntStream.range(0, KEYS).mapToObj(i -> ask("get k" + i)).toList();
  }

  private void fill(String value) {
    for (int i = 0; i < KEYS; i++) {
      assertThat(ask("put k" + i + " " + value)).isEqualTo("put");
    }
  }

  @Test
  void nodesAreThoseThatTheNameHasWhileTheyComeAndGo() throws Exception {
    awaitNodes(first);
    fill("old");

    name("127.0.0.2", "127.0.0.3");
    awaitNodes(first, second);
    assertThat(values()).containsOnly("old");
    fill("new");

    name("127.0.0.3");
    awaitNodes(second);
    first.kill();
    assertThat(values()).isSubsetOf("new", "none").contains("new");

    // a name that has no address just now: those known before stay
    name();
    fill("last");
    awaitNodes(second);
    assertThat(values()).containsOnly("last");

    first.restart();
    name("127.0.0.2", "127.0.0.3");
    awaitNodes(first, second);
    // what it has missed may be gone everywhere, and nothing older comes back
    assertThat(values()).isSubsetOf("last", "none").contains("last");
    fill("newest");
    assertThat(values()).containsOnly("newest");
  }
}
