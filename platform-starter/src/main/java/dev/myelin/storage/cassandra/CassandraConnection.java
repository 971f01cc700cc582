package dev.myelin.storage.cassandra;

import com.datastax.oss.driver.api.core.CqlIdentifier;
import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.CqlSessionBuilder;
import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.myelin.storage.StoreException;
import java.time.Duration;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The session with Cassandra, opened when it is first needed. Thread-safe.
///
/// An application starts without its Cassandra: what needs it fails, and finds it when it is there.
/// One thread opens while all others wait for it; after a failure, the next attempt begins with the
/// first call that comes half a second later, and those before it fail at once. A session that is
/// open finds nodes that come back by itself.
public final class CassandraConnection implements AutoCloseable {

  private static final Logger logger = LoggerFactory.getLogger(CassandraConnection.class);
  private static final Duration REST = Duration.ofMillis(500);

  private final Supplier<CqlSessionBuilder> builders;
  private final CassandraSettings settings;
  private final LongSupplier ticker;
  private final String holder = UUID.randomUUID().toString();

  @GuardedBy("this")
  private @Nullable CompletableFuture<Statements> opening;

  @GuardedBy("this")
  private long failedAt;

  @GuardedBy("this")
  private boolean closed;

  private volatile @Nullable Statements open;

  /// Creates one that is not connected.
  ///
  /// @param builders makes a builder that knows the nodes, for each attempt
  /// @param settings where the objects are
  public CassandraConnection(Supplier<CqlSessionBuilder> builders, CassandraSettings settings) {
    this(builders, settings, System::nanoTime);
  }

  CassandraConnection(
      Supplier<CqlSessionBuilder> builders, CassandraSettings settings, LongSupplier ticker) {
    this.builders = builders;
    this.settings = settings;
    this.ticker = ticker;
  }

  /// What is prepared in the session.
  ///
  /// @param what what it is needed for, for the message of a failure
  /// @throws StoreException if there is no session
  Statements statements(String what) {
    var known = open;
    if (known != null) {
      return known;
    }
    try {
      return opening().get(settings.attemptTimeout().toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException failure) {
      if (failure.getCause() instanceof StoreException missing) {
        throw new StoreException(
            missing.execution(), Objects.toString(missing.getMessage()), missing);
      }
      throw CqlFailures.failed(
          what, settings.place(), Objects.requireNonNullElse(failure.getCause(), failure));
    } catch (TimeoutException slow) {
      throw CqlFailures.failed(
          what,
          settings.place(),
          new TimeoutException("no connection within " + settings.attemptTimeout()));
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw CqlFailures.failed(what, settings.place(), interrupted);
    }
  }

  private synchronized CompletableFuture<Statements> opening() {
    var current = opening;
    if (current != null
        && !(current.isCompletedExceptionally()
            && ticker.getAsLong() - failedAt > REST.toNanos())) {
      return current;
    }
    var next = new CompletableFuture<Statements>();
    opening = next;
    Thread.ofVirtual().name("myelin-cassandra").start(() -> open(next));
    return next;
  }

  private void open(CompletableFuture<Statements> result) {
    @Nullable CqlSession session = null;
    try {
      session = builders.get().withKeyspace((CqlIdentifier) null).build();
      new CassandraSchema(session, settings, holder).ensure();
      var statements = new Statements(session, settings);
      opened(statements);
      result.complete(statements);
      logger.info("connected to cassandra table={}", settings.place());
    } catch (RuntimeException failure) {
      logger.warn("cassandra not usable table={} reason={}", settings.place(), failure.toString());
      if (session != null) {
        session.closeAsync();
      }
      failed();
      result.completeExceptionally(failure);
    }
  }

  private synchronized void opened(Statements statements) {
    if (closed) {
      throw new IllegalStateException("The application ends");
    }
    open = statements;
  }

  private synchronized void failed() {
    failedAt = ticker.getAsLong();
  }

  @Override
  public synchronized void close() {
    closed = true;
    var known = open;
    if (known != null) {
      known.session().closeAsync().toCompletableFuture().orTimeout(5, TimeUnit.SECONDS);
    }
  }
}
