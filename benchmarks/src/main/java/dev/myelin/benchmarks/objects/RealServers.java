package dev.myelin.benchmarks.objects;

import dev.myelin.benchmarks.faults.Pause;
import dev.myelin.storage.DatabaseServer;
import dev.myelin.storage.cassandra.CassandraServer;
import dev.myelin.storage.jdbc.PostgresServer;
import dev.myelin.storage.memcached.MemcachedServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;

/// A database with memcacheds before it, each of which is stopped for a while, or killed and
/// started again.
final class RealServers implements TrialStore {

  private static final int MEMCACHEDS = 2;
  private static final Duration STOPPED = Duration.ofSeconds(3);
  private static final Duration AWAY = Duration.ofSeconds(1);
  private static final int KINDS = 4;

  private final String name;
  private final String argument;
  private final DatabaseServer database;
  private final List<MemcachedServer> memcacheds = new ArrayList<>();
  private int stops;
  private int kills;
  private int cacheStops;
  private int cacheKills;

  private RealServers(String name, String argument, DatabaseServer database) {
    this.name = name;
    this.argument = argument;
    this.database = database;
  }

  /// Starts a Cassandra and its memcacheds.
  static RealServers cassandra() throws IOException, InterruptedException {
    var server = CassandraServer.shared();
    return started(
        new RealServers(
            "Cassandra", "--cassandra=127.0.0.1:" + server.address().getPort(), server));
  }

  /// Starts a PostgreSQL and its memcacheds.
  static RealServers postgres() throws IOException, InterruptedException {
    var server = new PostgresServer();
    return started(new RealServers("PostgreSQL", "--postgres=127.0.0.1:" + server.port(), server));
  }

  private static RealServers started(RealServers servers) throws IOException, InterruptedException {
    for (int i = 0; i < MEMCACHEDS; i++) {
      servers.memcacheds.add(MemcachedServer.start());
    }
    return servers;
  }

  @Override
  public List<String> arguments() {
    return List.of(
        argument,
        "--memcacheds="
            + memcacheds.stream()
                .map(each -> "127.0.0.1:" + each.endpoint().port())
                .collect(Collectors.joining(",")));
  }

  @Override
  public void mishap(Random random) throws IOException, InterruptedException {
    var memcached = memcacheds.get(random.nextInt(MEMCACHEDS));
    switch (random.nextInt(KINDS)) {
      case 0 -> {
        stops++;
        database.signal("STOP");
        Pause.of(STOPPED);
        database.signal("CONT");
      }
      case 1 -> {
        kills++;
        database.kill();
        database.start();
      }
      case 2 -> {
        cacheStops++;
        memcached.pause();
        Pause.of(STOPPED);
        memcached.resume();
      }
      default -> {
        cacheKills++;
        memcached.kill();
        Pause.of(AWAY);
        memcached.restart();
      }
    }
  }

  @Override
  public String told() {
    return "%s stopped %d times for %d s, killed %d times; a memcached stopped %d times, killed %d times"
        .formatted(name, stops, STOPPED.toSeconds(), kills, cacheStops, cacheKills);
  }

  @Override
  public void close() {
    memcacheds.forEach(MemcachedServer::close);
    try {
      database.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
