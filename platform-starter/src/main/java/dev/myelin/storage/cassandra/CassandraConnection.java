package dev.myelin.storage.cassandra;

import com.datastax.oss.driver.api.core.CqlSession;
import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.myelin.storage.StoreException;
import java.time.Duration;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The session with Cassandra, asked for when it is first needed. Thread-safe.
///
/// It is somebody else's, the application's as a rule, and is given back rather than closed. An
/// application starts without its Cassandra: what needs it fails, and finds it when it is there.
/// One thread opens while all others wait for it; after a failure, the next attempt begins with the
/// first call that comes half a second later, and those before it fail at once. A session that is
/// open finds nodes that come back by itself.
public final class CassandraConnection implements AutoCloseable {

  private static final Logger logger = LoggerFactory.getLogger(CassandraConnection.class);
  private static final Duration REST = Duration.ofMillis(500);

  private final Supplier<CqlSession> sessions;
  private final Consumer<CqlSession> giveBack;
  private final CassandraSettings settings;
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
  /// @param sessions opens a session or finds one that is open, for each attempt; its keyspace does
  ///   not matter
  /// @param giveBack is given a session that is not used any more
  /// @param settings where the objects are
  public CassandraConnection(
      Supplier<CqlSession> sessions, Consumer<CqlSession> giveBack, CassandraSettings settings) {
    this.sessions = sessions;
    this.giveBack = giveBack;
    this.settings = settings;
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
        && !(current.isCompletedExceptionally() && System.nanoTime() - failedAt > REST.toNanos())) {
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
      session = sessions.get();
      new CassandraSchema(session, settings, holder).ensure();
      var statements = new Statements(session, settings);
      opened(statements);
      result.complete(statements);
      logger.info("connected to cassandra table={}", settings.place());
    } catch (RuntimeException failure) {
      logger.warn("cassandra not usable table={} reason={}", settings.place(), failure.toString());
      if (session != null) {
        giveBack.accept(session);
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
    failedAt = System.nanoTime();
  }

  @Override
  public synchronized void close() {
    closed = true;
    var known = open;
    if (known != null) {
      giveBack.accept(known.session());
    }
  }
}
