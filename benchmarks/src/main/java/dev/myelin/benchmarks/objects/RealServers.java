package dev.myelin.benchmarks.objects;

import dev.myelin.benchmarks.faults.Pause;
import dev.myelin.storage.memcached.MemcachedServer;
import java.io.IOException;
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

  private final Database database;
  private final List<MemcachedServer> memcacheds = new ArrayList<>();
  private int stops;
  private int kills;
  private int cacheStops;
  private int cacheKills;

  private RealServers(Database database) {
    this.database = database;
  }

  /// Starts the memcacheds.
  ///
  /// @param database a database that runs, and is ended with this
  static RealServers before(Database database) throws IOException, InterruptedException {
    var servers = new RealServers(database);
    for (int i = 0; i < MEMCACHEDS; i++) {
      servers.memcacheds.add(MemcachedServer.start());
    }
    return servers;
  }

  @Override
  public List<String> arguments() {
    return List.of(
        database.argument(),
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
        .formatted(database.name(), stops, STOPPED.toSeconds(), kills, cacheStops, cacheKills);
  }

  @Override
  public void close() {
    memcacheds.forEach(MemcachedServer::close);
    database.close();
  }
}
