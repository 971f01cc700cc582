package dev.myelin.pubsub.broker;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/// How NATS is reached and used.
///
/// @param servers addresses, as in `nats://host:4222`
/// @param access what is shown to the servers
/// @param stream name of the stream that holds all topics; made where it is missing, else used as
///   it is
/// @param replicas servers that hold each message, where the stream is made
/// @param retention how long messages are kept, where the stream is made
/// @param timeout longest wait for an answer
public record NatsSettings(
    List<String> servers,
    Access access,
    String stream,
    int replicas,
    Retention retention,
    Duration timeout) {

  /// Copies the addresses.
  public NatsSettings {
    servers = List.copyOf(servers);
  }

  /// What is shown to the servers.
  ///
  /// @param credentials file with a user's credentials
  /// @param tls for servers that ask for TLS
  public record Access(@Nullable Path credentials, @Nullable SSLContext tls) {

    /// Nothing.
    public static final Access OPEN = new Access(null, null);
  }
}
