package dev.myelin.pubsub.broker;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.myelin.CallException;
import dev.myelin.Execution;
import dev.myelin.Status;
import io.nats.client.Connection;
import io.nats.client.ErrorListener;
import io.nats.client.JetStreamApiException;
import io.nats.client.Nats;
import io.nats.client.Options;
import io.nats.client.api.RetentionPolicy;
import io.nats.client.api.StorageType;
import io.nats.client.api.StreamConfiguration;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The connection to NATS: made when it is first needed, kept through every loss of the servers.
/// Thread-safe.
final class NatsLink implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(NatsLink.class);
  private static final Duration RECONNECT_WAIT = Duration.ofMillis(250);
  private static final Duration CONNECTION_TIMEOUT = Duration.ofSeconds(2);
  private static final Duration DUPLICATES = Duration.ofMinutes(2);
  private static final int NO_SUCH_STREAM = 10059;

  private final NatsSettings settings;
  private final ReentrantLock lock = new ReentrantLock();

  @GuardedBy("lock")
  private @Nullable Connection connection;

  @GuardedBy("lock")
  private boolean closed;

  NatsLink(NatsSettings settings) {
    this.settings = settings;
  }

  /// Something that is asked of NATS.
  @FunctionalInterface
  interface Request<T extends @Nullable Object> {

    T of(Connection connection) throws IOException, JetStreamApiException, InterruptedException;
  }

  /// Asks NATS for something.
  ///
  /// @param what what for, for the message of an exception
  /// @param request the request
  /// @throws CallException if NATS is away or refuses it
  <T extends @Nullable Object> T ask(String what, Request<T> request) {
    try {
      return request.of(connected(what));
    } catch (IOException | IllegalStateException e) {
      throw away(what, Execution.MAY_HAVE_RUN, e);
    } catch (JetStreamApiException e) {
      // the server is there but not ready, as after its start, or it is full
      throw new CallException(
          Status.UNAVAILABLE,
          Execution.DID_NOT_RUN,
          "NATS at %s refused %s: %s".formatted(settings.servers(), what, e.getMessage()),
          e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CallException(
          Status.CANCELLED, Execution.MAY_HAVE_RUN, what + " was interrupted", e);
    }
  }

  private CallException away(String what, Execution execution, @Nullable Exception cause) {
    return new CallException(
        Status.UNAVAILABLE,
        execution,
        "NATS at %s is away, so that there was no answer to %s%s"
            .formatted(settings.servers(), what, cause == null ? "" : ": " + cause.getMessage()),
        cause);
  }

  private Connection connected(String what) throws InterruptedException {
    lock.lock();
    try {
      if (closed) {
        throw away(what, Execution.DID_NOT_RUN, null);
      }
      var known = connection;
      if (known == null) {
        known = connect(what);
        connection = known;
      }
      if (known.getStatus() != Connection.Status.CONNECTED) {
        throw away(what, Execution.DID_NOT_RUN, null);
      }
      return known;
    } finally {
      lock.unlock();
    }
  }

  @GuardedBy("lock")
  private Connection connect(String what) throws InterruptedException {
    try {
      var made = Nats.connect(options());
      try {
        requireStream(made);
      } catch (IOException | JetStreamApiException e) {
        made.close();
        throw away(what, Execution.DID_NOT_RUN, e);
      }
      return made;
    } catch (IOException e) {
      throw away(what, Execution.DID_NOT_RUN, e);
    }
  }

  private Options options() {
    var options =
        new Options.Builder()
            .servers(settings.servers().toArray(String[]::new))
            .connectionName("myelin-pubsub")
            .maxReconnects(-1)
            .reconnectWait(RECONNECT_WAIT)
            .connectionTimeout(CONNECTION_TIMEOUT)
            // what cannot be sent now is told to its caller, not kept and sent later
            .reconnectBufferSize(0)
            .connectionListener(
                (_, event) -> log.info("nats={} event={}", settings.servers(), event))
            .errorListener(new Complaints());
    var credentials = settings.access().credentials();
    if (credentials != null) {
      options.authHandler(Nats.credentials(credentials.toString()));
    }
    var tls = settings.access().tls();
    if (tls != null) {
      options.sslContext(tls);
    }
    return options.build();
  }

  private void requireStream(Connection to) throws IOException, JetStreamApiException {
    var streams = to.jetStreamManagement();
    try {
      var _ = streams.getStreamInfo(settings.stream());
    } catch (JetStreamApiException e) {
      if (e.getApiErrorCode() != NO_SUCH_STREAM) {
        throw e;
      }
      var _ =
          streams.addStream(
              StreamConfiguration.builder()
                  .name(settings.stream())
                  .description("Topics of a Myelin cluster")
                  .subjects(settings.stream() + ".>")
                  .storageType(StorageType.File)
                  .retentionPolicy(RetentionPolicy.Limits)
                  .maxAge(settings.retention().age())
                  .maxBytes(settings.retention().size())
                  .duplicateWindow(DUPLICATES)
                  .replicas(settings.replicas())
                  .build());
      log.info("stream={} state=created", settings.stream());
    }
  }

  @Override
  public void close() {
    lock.lock();
    try {
      closed = true;
      if (connection != null) {
        connection.close();
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    } finally {
      lock.unlock();
    }
  }

  /// What the client says of its own.
  private static final class Complaints implements ErrorListener {

    @Override
    public void errorOccurred(Connection connection, String error) {
      log.warn("NATS says: {}", error);
    }

    @Override
    public void exceptionOccurred(Connection connection, Exception failure) {
      log.debug("The connection to NATS failed", failure);
    }
  }
}
