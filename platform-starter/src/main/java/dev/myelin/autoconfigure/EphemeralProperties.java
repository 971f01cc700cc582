package dev.myelin.autoconfigure;

import dev.myelin.storage.memcached.MemcachedSettings;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.util.unit.DataSize;

/// Where values are kept that may be lost: in memcacheds if some are named, else in memory.
///
/// @param servers where memcacheds listen, each as host:port
/// @param dns name in the DNS whose addresses all are memcacheds, as name:port: a headless Service
/// @param service service of this application beside each of whose instances a memcached listens,
///   as service:port
/// @param clusters further clusters, by the name of what they are for
/// @param prefix what all keys begin with; the name of the application if nothing is said
/// @param replicas on how many nodes a key is kept
/// @param timeout how long one node is waited for
/// @param itemLimit limit of one item in memcached (its option -I); larger values are split
/// @param maxValueSize size above which a value is refused
/// @param memory size of all keys and values together where they are kept in memory
/// @param warming how a change of the nodes is bridged
@ConfigurationProperties("myelin.ephemeral")
record EphemeralProperties(
    @DefaultValue List<String> servers,
    @Nullable String dns,
    @Nullable String service,
    @DefaultValue Map<String, Nodes> clusters,
    @Nullable String prefix,
    @DefaultValue("1") int replicas,
    @DefaultValue("250ms") Duration timeout,
    @DefaultValue("1MB") DataSize itemLimit,
    @DefaultValue("16MB") DataSize maxValueSize,
    @DefaultValue("64MB") DataSize memory,
    @DefaultValue Warming warming) {

  private static final DataSize LEAST_ITEM = DataSize.ofKilobytes(1);
  private static final DataSize MOST = DataSize.ofMegabytes(1_024);

  EphemeralProperties {
    Limits.range("myelin.ephemeral.replicas", replicas, 1, MemcachedSettings.MOST_REPLICAS);
    Limits.atLeast("myelin.ephemeral.timeout", timeout, Duration.ofMillis(1));
    Limits.atMost("myelin.ephemeral.timeout", timeout, Duration.ofMinutes(1));
    size("myelin.ephemeral.item-limit", itemLimit, LEAST_ITEM);
    size("myelin.ephemeral.max-value-size", maxValueSize, DataSize.ofBytes(1));
    if (memory.toBytes() < 1) {
      throw new InvalidConfigurationPropertyValueException(
          "myelin.ephemeral.memory", memory, "It must be more than 0.");
    }
  }

  /// The nodes of a cluster.
  ///
  /// @param servers where memcacheds listen, each as host:port
  /// @param dns name in the DNS whose addresses all are memcacheds, as name:port
  /// @param service service of this application beside each of whose instances a memcached listens,
  ///   as service:port
  record Nodes(@DefaultValue List<String> servers, @Nullable String dns, @Nullable String service) {

    boolean named() {
      return !servers.isEmpty() || dns != null || service != null;
    }
  }

  /// How a change of the nodes is bridged.
  ///
  /// @param window how long a key is also looked for where it was before
  /// @param rate items a second that are carried to a node that lacks them
  /// @param refresh how often the nodes are asked for
  record Warming(
      @DefaultValue("5m") Duration window,
      @DefaultValue("2000") int rate,
      @DefaultValue("5s") Duration refresh) {

    Warming {
      Limits.notNegative("myelin.ephemeral.warming.window", window);
      Limits.range("myelin.ephemeral.warming.rate", rate, 0, 1_000_000);
      Limits.atLeast("myelin.ephemeral.warming.refresh", refresh, Duration.ofMillis(100));
    }
  }

  Nodes nodes() {
    return new Nodes(servers, dns, service);
  }

  MemcachedSettings settings(String prefix) {
    return new MemcachedSettings(
        prefix,
        replicas,
        timeout,
        new MemcachedSettings.Sizes((int) itemLimit.toBytes(), (int) maxValueSize.toBytes()),
        new MemcachedSettings.Warming(warming.window(), warming.rate(), warming.refresh()));
  }

  private static void size(String property, DataSize value, DataSize least) {
    if (value.compareTo(least) < 0 || value.compareTo(MOST) >= 0) {
      throw new InvalidConfigurationPropertyValueException(
          property, value, "It must be from %s to less than %s.".formatted(least, MOST));
    }
  }
}
