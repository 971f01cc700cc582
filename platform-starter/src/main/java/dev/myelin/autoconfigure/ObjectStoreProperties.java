package dev.myelin.autoconfigure;

import dev.myelin.storage.ObjectLimits;
import dev.myelin.storage.SchemaMode;
import dev.myelin.storage.cached.CacheSettings;
import dev.myelin.storage.settle.Settling;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.util.unit.DataSize;

/// Where objects are kept.
///
/// @param store which store; left out: Cassandra where `spring.cassandra.contact-points` is set,
///   else memory in a process by itself, and none in a cluster
/// @param service whether a service of the application holds the connections with the database, and
///   other processes call it
/// @param schema who makes the tables: `migrate` or `print`
/// @param maxStateSize size of an object's state above which it is not written
/// @param timeout time after which a write whose outcome is not known is given up
/// @param attemptTimeout time that the database has for one statement
/// @param jdbc where in a relational database the objects are
/// @param cassandra where in Cassandra the objects are
/// @param cache what is kept in a fast store that all processes share
@ConfigurationProperties("myelin.objects")
record ObjectStoreProperties(
    @Nullable Kind store,
    @DefaultValue("true") boolean service,
    @DefaultValue("migrate") SchemaMode schema,
    @DefaultValue("1MB") DataSize maxStateSize,
    @DefaultValue("5s") Duration timeout,
    @DefaultValue("2s") Duration attemptTimeout,
    @DefaultValue Jdbc jdbc,
    @DefaultValue Cassandra cassandra,
    @DefaultValue Cache cache) {

  private static final Duration LEAST = Duration.ofMillis(10);
  private static final Duration MOST = Duration.ofMinutes(10);
  private static final Duration LEAST_KEPT = Duration.ofSeconds(1);

  /// Which store.
  enum Kind {
    /// The memory of this process.
    MEMORY,
    /// The application's data source.
    JDBC,
    /// The Cassandra of `spring.cassandra.*`.
    CASSANDRA
  }

  ObjectStoreProperties {
    if (maxStateSize.toBytes() < 1) {
      throw new InvalidConfigurationPropertyValueException(
          "myelin.objects.max-state-size", maxStateSize, "It must be more than 0.");
    }
    Limits.atLeast("myelin.objects.attempt-timeout", attemptTimeout, LEAST);
    Limits.atLeast("myelin.objects.timeout", timeout, attemptTimeout);
    Limits.atMost("myelin.objects.timeout", timeout, MOST);
  }

  /// Where in a relational database the objects are.
  ///
  /// @param table name of the table, with the schema's before it if need be
  /// @param purgeInterval time between two removals of objects that are out of time
  record Jdbc(
      @DefaultValue("myelin_object") String table, @DefaultValue("1m") Duration purgeInterval) {

    Jdbc {
      Limits.atLeast("myelin.objects.jdbc.purge-interval", purgeInterval, LEAST_KEPT);
    }
  }

  /// Where in Cassandra the objects are.
  ///
  /// @param keyspace name of the keyspace
  /// @param table name of the table
  /// @param replicas of each object where the keyspace is made here; left out: three, or as many as
  ///   there are nodes
  /// @param consistency replicas that must have what was decided: a level such as `quorum`
  /// @param serialConsistency replicas that decide about a write and are asked by a read: `serial`,
  ///   or `local-serial` where one data centre does all the writing
  record Cassandra(
      @DefaultValue("myelin") String keyspace,
      @DefaultValue("objects") String table,
      @Nullable Integer replicas,
      @DefaultValue("quorum") String consistency,
      @DefaultValue("serial") String serialConsistency) {}

  /// What is kept in a fast store.
  ///
  /// @param enabled whether there is a cache, where a fast store is that all processes share
  /// @param timeToLive how long a state is kept, and so how old one can be at worst
  /// @param absent how long it is kept that there is no such object
  record Cache(
      @DefaultValue("true") boolean enabled,
      @DefaultValue("1m") Duration timeToLive,
      @DefaultValue("10s") Duration absent) {

    Cache {
      Limits.atLeast("myelin.objects.cache.time-to-live", timeToLive, LEAST_KEPT);
      Limits.atLeast("myelin.objects.cache.absent", absent, LEAST_KEPT);
    }
  }

  ObjectLimits limits() {
    return new ObjectLimits(maxStateSize.toBytes());
  }

  Settling settling() {
    return Settling.within(timeout);
  }

  CacheSettings caching() {
    return new CacheSettings(
        cache.timeToLive(), cache.absent(), timeout.multipliedBy(2).plusSeconds(1), attemptTimeout);
  }
}
