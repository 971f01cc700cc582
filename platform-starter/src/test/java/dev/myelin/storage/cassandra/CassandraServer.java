package dev.myelin.storage.cassandra;

import dev.myelin.storage.DatabaseServer;
import dev.myelin.storage.TestPorts;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// A real Cassandra of one node, in a new folder and on free ports; one for all tests of a run, as
/// its start takes ten seconds. Its jars are those that the module `cassandra-server` lays out.
public final class CassandraServer implements DatabaseServer {

  private static final Duration LONGEST_START = Duration.ofMinutes(2);

  private static final List<String> EXPORTS =
      List.of(
          "java.base/jdk.internal.misc",
          "java.base/jdk.internal.ref",
          "java.base/sun.nio.ch",
          "java.management.rmi/com.sun.jmx.remote.internal.rmi",
          "java.rmi/sun.rmi.registry",
          "java.rmi/sun.rmi.server",
          "java.rmi/sun.rmi.transport",
          "java.rmi/sun.rmi.transport.tcp",
          "java.sql/java.sql",
          "jdk.unsupported/sun.misc",
          "jdk.attach/sun.tools.attach");

  private static final List<String> OPENS =
      List.of(
          "java.base/java.lang",
          "java.base/java.lang.module",
          "java.base/java.lang.reflect",
          "java.base/java.net",
          "java.base/java.io",
          "java.base/java.nio",
          "java.base/java.util",
          "java.base/java.util.concurrent",
          "java.base/java.util.concurrent.atomic",
          "java.base/jdk.internal.loader",
          "java.base/jdk.internal.ref",
          "java.base/jdk.internal.reflect",
          "java.base/jdk.internal.math",
          "java.base/jdk.internal.module",
          "java.base/jdk.internal.util.jar",
          "java.base/sun.nio.ch",
          "jdk.management/com.sun.management.internal",
          "java.rmi/sun.rmi.transport.tcp");

  private static @Nullable CassandraServer shared;

  private final Path folder;
  private final Path java;
  private final Path libraries;
  private final int port = TestPorts.free();
  private final int storagePort = TestPorts.free();
  private @Nullable Process process;

  private CassandraServer() throws IOException {
    this.java = java17();
    this.libraries = libraries();
    this.folder = Files.createTempDirectory("myelin-cassandra");
    Files.writeString(folder.resolve("cassandra.yaml"), configuration());
    Runtime.getRuntime().addShutdownHook(new Thread(this::remove));
    start();
  }

  /// The server of this run, started when it is first asked for.
  public static synchronized CassandraServer shared() throws IOException {
    var known = shared;
    if (known == null) {
      known = new CassandraServer();
      shared = known;
    }
    return known;
  }

  private static Path java17() throws IOException {
    try (var homes = Files.list(Path.of("/usr/lib/jvm"))) {
      return homes
          .filter(home -> home.getFileName().toString().matches(".*\\b17\\b.*"))
          .map(home -> home.resolve("bin/java"))
          .filter(Files::isExecutable)
          .findFirst()
          .orElseThrow(() ->
              new IllegalStateException(
                  "Cassandra needs a JDK 17: apt-get update && apt-get install -y openjdk-17-jre-headless"));
    }
  }

  private static Path libraries() {
    return Stream.of(
            "cassandra-server",
            "platform-starter/cassandra-server",
            "../platform-starter/cassandra-server",
            "../../platform-starter/cassandra-server")
        .map(module -> Path.of(module, "target", "lib"))
        .filter(Files::isDirectory)
        .findFirst()
        .orElseThrow(() ->
            new IllegalStateException(
                "Cassandra is not laid out: mvn -pl platform-starter/cassandra-server process-test-resources"))
        .toAbsolutePath();
  }

  /// Where it listens.
  public InetSocketAddress address() {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
  }

  @Override
  public void start() throws IOException {
    var command = new ArrayList<String>();
    command.add(java.toString());
    command.addAll(
        List.of(
            "-Xms256m",
            "-Xmx512m",
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-Xss512k",
            "-XX:MaxDirectMemorySize=128m",
            "-Dcassandra.config=file:" + folder.resolve("cassandra.yaml"),
            "-Dcassandra.storagedir=" + folder,
            "-Dcassandra.logdir=" + folder,
            "-Dcassandra-foreground=yes",
            "-Dcassandra.skip_wait_for_gossip_to_settle=0",
            "-Dcassandra.ring_delay_ms=100",
            "-Dcassandra.superuser_setup_delay_ms=0",
            "-Djava.net.preferIPv4Stack=true"));
    EXPORTS.forEach(each -> command.addAll(List.of("--add-exports", each + "=ALL-UNNAMED")));
    OPENS.forEach(each -> command.addAll(List.of("--add-opens", each + "=ALL-UNNAMED")));
    command.addAll(
        List.of("-cp", libraries + "/*", "org.apache.cassandra.service.CassandraDaemon"));
    process =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(folder.resolve("log").toFile()))
            .start();
    awaitPort();
  }

  private void awaitPort() throws IOException {
    long start = System.nanoTime();
    while (System.nanoTime() - start < LONGEST_START.toNanos() && running().isAlive()) {
      try (var socket = new Socket()) {
        socket.connect(address(), 500);
        return;
      } catch (IOException notYet) {
        LockSupport.parkNanos(Duration.ofMillis(100).toNanos());
      }
    }
    throw new IllegalStateException(
        "Cassandra does not listen:\n" + Files.readString(folder.resolve("log")));
  }

  private Process running() {
    var known = process;
    if (known == null) {
      throw new IllegalStateException("Cassandra was not started");
    }
    return known;
  }

  @Override
  public void kill() {
    running().destroyForcibly().onExit().join();
  }

  /// Ends it; its folder goes with this JVM.
  @Override
  public void close() {
    kill();
  }

  @Override
  public void signal(String signal) throws IOException {
    new ProcessBuilder("kill", "-" + signal, Long.toString(running().pid()))
        .start()
        .onExit()
        .join();
  }

  private void remove() {
    var known = process;
    if (known != null) {
      known.destroyForcibly().onExit().join();
    }
    try (var files = Files.walk(folder)) {
      for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  private String configuration() {
    return """
    cluster_name: myelin-tests
    num_tokens: 1
    allocate_tokens_for_local_replication_factor: 1
    partitioner: org.apache.cassandra.dht.Murmur3Partitioner
    paxos_variant: v2
    commitlog_sync: batch
    commitlog_segment_size: 4MiB
    commitlog_total_space: 64MiB
    commitlog_directory: %1$s/commitlog
    data_file_directories: [%1$s/data]
    hints_directory: %1$s/hints
    saved_caches_directory: %1$s/caches
    cdc_raw_directory: %1$s/cdc
    disk_access_mode: mmap_index_only
    memtable_heap_space: 48MiB
    memtable_offheap_space: 16MiB
    key_cache_size: 4MiB
    counter_cache_size: 0MiB
    networking_cache_size: 16MiB
    file_cache_size: 16MiB
    concurrent_compactors: 1
    concurrent_reads: 8
    concurrent_writes: 8
    auto_bootstrap: false
    auto_snapshot: false
    incremental_backups: false
    endpoint_snitch: SimpleSnitch
    seed_provider:
      - class_name: org.apache.cassandra.locator.SimpleSeedProvider
        parameters:
          - seeds: "127.0.0.1:%3$d"
    listen_address: 127.0.0.1
    rpc_address: 127.0.0.1
    start_native_transport: true
    native_transport_port: %2$d
    storage_port: %3$d
    """
        .formatted(folder, port, storagePort);
  }
}
