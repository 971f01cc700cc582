package dev.myelin.benchmarks.storage;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.CqlSessionBuilder;
import com.datastax.oss.driver.api.core.DefaultConsistencyLevel;
import dev.myelin.storage.EphemeralStore;
import dev.myelin.storage.ObjectLimits;
import dev.myelin.storage.ObjectStore;
import dev.myelin.storage.SchemaMode;
import dev.myelin.storage.cached.CacheSettings;
import dev.myelin.storage.cached.CachedObjectStore;
import dev.myelin.storage.cassandra.CassandraConnection;
import dev.myelin.storage.cassandra.CassandraSettings;
import dev.myelin.storage.cassandra.CassandraTable;
import dev.myelin.storage.memcached.MemcachedEphemeralStore;
import dev.myelin.storage.memcached.MemcachedSettings;
import dev.myelin.storage.memcached.NodeSource;
import dev.myelin.storage.settle.Settling;
import dev.myelin.storage.settle.SettlingObjectStore;
import dev.myelin.wire.Endpoint;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.random.RandomGenerator;

/// How this program reaches memcacheds and a Cassandra of one node: as an application does.
public final class RealStores {

  private static final Duration ATTEMPT = Duration.ofSeconds(10);
  private static final Duration OPERATION = Duration.ofSeconds(30);

  private RealStores() {}

  /// Connects with memcacheds.
  ///
  /// @param servers where they listen
  /// @param replicas on how many of them a key is
  public static MemcachedEphemeralStore memcached(List<Endpoint> servers, int replicas) {
    return MemcachedEphemeralStore.connect(
        new MemcachedSettings(
            "b:",
            replicas,
            Duration.ofMillis(250),
            new MemcachedSettings.Sizes(1 << 20, 16 << 20),
            new MemcachedSettings.Warming(Duration.ofMinutes(5), 2_000, Duration.ofSeconds(5))),
        NodeSource.of(servers),
        Clock.systemUTC());
  }

  /// A builder of sessions of the bare driver.
  static CqlSessionBuilder session(InetSocketAddress cassandra) {
    return CqlSession.builder().addContactPoint(cassandra).withLocalDatacenter("datacenter1");
  }

  /// Objects in Cassandra.
  ///
  /// @param connection to be closed
  /// @param store without a cache
  record Objects(CassandraConnection connection, ObjectStore store) implements AutoCloseable {

    /// The same objects with a cache before them.
    ObjectStore cached(EphemeralStore cache) {
      return new CachedObjectStore(
          store,
          cache,
          new CacheSettings(
              Duration.ofMinutes(1),
              Duration.ofSeconds(10),
              OPERATION.multipliedBy(2).plusSeconds(1),
              ATTEMPT));
    }

    @Override
    public void close() {
      connection.close();
    }
  }

  /// Connects with objects when they are first used.
  static Objects objects(InetSocketAddress cassandra) {
    var settings =
        new CassandraSettings(
            new CassandraSettings.Place("bench", "objects", 1),
            new CassandraSettings.Levels(
                DefaultConsistencyLevel.QUORUM, DefaultConsistencyLevel.SERIAL),
            SchemaMode.MIGRATE,
            ATTEMPT);
    var connection =
        new CassandraConnection(() -> session(cassandra).build(), CqlSession::closeAsync, settings);
    return new Objects(
        connection,
        new SettlingObjectStore(
            new CassandraTable(connection, settings),
            ObjectLimits.DEFAULT,
            Settling.within(OPERATION),
            RandomGenerator.getDefault()));
  }
}
