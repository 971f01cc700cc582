package dev.myelin.storage.jdbc;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.myelin.storage.DatabaseServer;
import dev.myelin.storage.TestPorts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/// A real PostgreSQL with a cluster of its own in a new folder, on a free port. It runs as the user
/// `postgres` where the tests run as root, as it refuses root.
public final class PostgresServer implements DatabaseServer {

  private static final String INSTALL =
      "This test needs PostgreSQL: apt-get update && apt-get install -y postgresql";

  private final Path folder;
  private final Path binaries;
  private final int port = TestPorts.free();

  /// Starts one.
  public PostgresServer() throws IOException {
    this.binaries = binaries();
    this.folder = Files.createTempDirectory("myelin-postgres");
    if (isRoot()) {
      run(List.of("chown", "postgres", folder.toString()));
    }
    var data = folder.resolve("data").toString();
    asServer(
        "initdb", "-D", data, "-U", "tests", "-A", "trust", "-E", "UTF8", "-N", "--locale=C.UTF-8");
    start();
  }

  private static Path binaries() throws IOException {
    try (var versions = Files.list(Path.of("/usr/lib/postgresql"))) {
      return versions
          .map(version -> version.resolve("bin"))
          .filter(bin -> Files.isExecutable(bin.resolve("initdb")))
          .max(Comparator.naturalOrder())
          .orElseThrow(() -> new IllegalStateException(INSTALL));
    } catch (java.nio.file.NoSuchFileException missing) {
      throw new IllegalStateException(INSTALL, missing);
    }
  }

  private static boolean isRoot() {
    return System.getProperty("user.name").equals("root");
  }

  /// The port on the loopback interface where it listens.
  public int port() {
    return port;
  }

  @Override
  public void start() throws IOException {
    asServer(
        "pg_ctl",
        "-D",
        folder.resolve("data").toString(),
        "-l",
        folder.resolve("log").toString(),
        "-w",
        "-o",
        "-p %d -k %s -c listen_addresses=127.0.0.1 -c fsync=off -c shared_buffers=16MB -c max_connections=50 -c logging_collector=off -c autovacuum=off"
            .formatted(port, folder),
        "start");
  }

  @Override
  public void kill() throws IOException {
    asServer("pg_ctl", "-D", folder.resolve("data").toString(), "-w", "-m", "immediate", "stop");
  }

  @Override
  public void signal(String signal) throws IOException {
    var first =
        Long.parseLong(Files.readAllLines(folder.resolve("data/postmaster.pid")).getFirst());
    var server = ProcessHandle.of(first).orElseThrow();
    var all = Stream.concat(Stream.of(server), server.descendants()).map(ProcessHandle::pid);
    var command = new ArrayList<>(List.of("kill", "-" + signal));
    all.forEach(pid -> command.add(Long.toString(pid)));
    run(command);
  }

  /// Connects to it.
  ///
  /// @param user `tests` may do everything
  /// @param patience how long it may take to open a connection; three times as long to answer
  public HikariDataSource connect(String user, Duration patience) {
    var config = new HikariConfig();
    config.setJdbcUrl("jdbc:postgresql://127.0.0.1:" + port + "/postgres");
    config.setUsername(user);
    config.setMaximumPoolSize(10);
    config.setMinimumIdle(0);
    config.setConnectionTimeout(patience.toMillis());
    config.setValidationTimeout(patience.toMillis() / 2);
    config.setInitializationFailTimeout(-1);
    config.addDataSourceProperty("loginTimeout", Long.toString(2 * patience.toSeconds()));
    config.addDataSourceProperty("socketTimeout", Long.toString(3 * patience.toSeconds()));
    return new HikariDataSource(config);
  }

  private void asServer(String command, String... arguments) throws IOException {
    var line = new ArrayList<String>();
    if (isRoot()) {
      line.addAll(List.of("runuser", "-u", "postgres", "--"));
    }
    line.add(binaries.resolve(command).toString());
    line.addAll(Arrays.asList(arguments));
    run(line);
  }

  private void run(List<String> command) throws IOException {
    var output = Files.createTempFile("myelin-postgres", ".out");
    try {
      var process =
          new ProcessBuilder(command)
              .directory(folder.toFile())
              .redirectErrorStream(true)
              .redirectOutput(output.toFile())
              .start();
      if (process.onExit().join().exitValue() != 0) {
        throw new IllegalStateException(command + " failed: " + Files.readString(output));
      }
    } finally {
      Files.delete(output);
    }
  }

  @Override
  public void close() throws IOException {
    try {
      kill();
    } finally {
      try (var files = Files.walk(folder)) {
        for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(file);
        }
      }
    }
  }
}
