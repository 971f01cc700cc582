package dev.myelin.pubsub;

import dev.myelin.pubsub.broker.NatsSettings;
import dev.myelin.pubsub.broker.Retention;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.boot.ssl.SslBundles;
import org.springframework.util.unit.DataSize;

/// Where pubsub keeps the events of application topics.
///
/// @param broker what keeps the events: the cluster's folder, for one node, or NATS JetStream
/// @param maxAge time after which an event is deleted, delivered or not
/// @param maxSize size of all events together above which the oldest are deleted, delivered or not
/// @param force whether the embedded broker waits for the disk before it accepts an event, so that
///   the event survives a loss of power too; without, it survives a kill of every process
/// @param memory size of all events together that wait in a pubsub that has no folder, above which
///   further ones are refused
/// @param nats how NATS is reached, for that broker
@ConfigurationProperties("myelin.pubsub")
record BrokerProperties(
    @DefaultValue("embedded") Kind broker,
    @DefaultValue("7d") Duration maxAge,
    @DefaultValue("256MB") DataSize maxSize,
    @DefaultValue("true") boolean force,
    @DefaultValue("64MB") DataSize memory,
    @DefaultValue NatsProperties nats) {

  private static final DataSize LEAST = DataSize.ofMegabytes(1);

  BrokerProperties {
    positive("myelin.pubsub.max-age", maxAge);
    atLeast("myelin.pubsub.max-size", maxSize);
    atLeast("myelin.pubsub.memory", memory);
  }

  /// What keeps the events.
  enum Kind {
    /// The cluster's folder.
    EMBEDDED,
    /// NATS JetStream.
    NATS
  }

  /// How NATS is reached.
  ///
  /// @param servers addresses of the servers, `nats://` or `tls://`
  /// @param credentials file with the credentials of a user
  /// @param sslBundle name of the SSL bundle for servers that ask for TLS
  /// @param stream name of the JetStream stream that holds the topics, and first word of their
  ///   subjects; made where it is missing, else used as it is
  /// @param replicas servers that hold each event, where the stream is made
  /// @param timeout longest wait for an answer
  record NatsProperties(
      @DefaultValue("nats://localhost:4222") List<String> servers,
      @Nullable Path credentials,
      @Nullable String sslBundle,
      @DefaultValue("myelin-topics") String stream,
      @DefaultValue("1") int replicas,
      @DefaultValue("2s") Duration timeout) {

    private static final int MOST_REPLICAS = 5;

    NatsProperties {
      servers = List.copyOf(servers);
      if (servers.isEmpty()) {
        throw invalid("nats.servers", servers, "It must name at least one server.");
      }
      if (!stream.matches("[A-Za-z0-9_-]+")) {
        throw invalid(
            "nats.stream", stream, "It must be of letters, digits, hyphens and underscores.");
      }
      if (replicas < 1 || replicas > MOST_REPLICAS) {
        throw invalid("nats.replicas", replicas, "It must be from 1 to 5.");
      }
      positive("myelin.pubsub.nats.timeout", timeout);
    }
  }

  Retention retention() {
    return new Retention(maxAge, maxSize.toBytes());
  }

  NatsSettings natsSettings(SslBundles bundles) {
    var bundle = nats.sslBundle();
    return new NatsSettings(
        nats.servers(),
        new NatsSettings.Access(
            nats.credentials(),
            bundle == null ? null : bundles.getBundle(bundle).createSslContext()),
        nats.stream(),
        nats.replicas(),
        retention(),
        nats.timeout());
  }

  private static void positive(String property, Duration value) {
    if (!value.isPositive()) {
      throw new InvalidConfigurationPropertyValueException(
          property, value, "It must be more than 0.");
    }
  }

  private static void atLeast(String property, DataSize value) {
    if (value.compareTo(LEAST) < 0) {
      throw new InvalidConfigurationPropertyValueException(
          property, value, "It must be at least 1MB.");
    }
  }

  private static InvalidConfigurationPropertyValueException invalid(
      String property, Object value, String reason) {
    return new InvalidConfigurationPropertyValueException(
        "myelin.pubsub." + property, value, reason);
  }
}
