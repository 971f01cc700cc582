package dev.myelin.storage.jdbc;

import dev.myelin.storage.StoreException;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Removes what is out of time, now and then, a thousand rows at a time. Several processes may do
/// it at once. Nobody sees such rows anyway: where the database is away, it is done later.
public final class JdbcPurge implements AutoCloseable {

  private static final Logger logger = LoggerFactory.getLogger(JdbcPurge.class);
  private static final int ROWS = 1_000;

  private final Supplier<JdbcTable> table;
  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("myelin-object-purge").factory());

  /// Starts it.
  ///
  /// @param table where the objects are
  /// @param interval time between two removals
  public JdbcPurge(Supplier<JdbcTable> table, Duration interval) {
    this.table = table;
    long nanos = interval.toNanos();
    var _ = thread.scheduleWithFixedDelay(this::purge, nanos, nanos, TimeUnit.NANOSECONDS);
  }

  private void purge() {
    try {
      long removed = 0;
      int last;
      do {
        last = table.get().purge(ROWS);
        removed += last;
      } while (last == ROWS && !thread.isShutdown());
      if (removed > 0) {
        logger.debug("objects out of time removed count={}", removed);
      }
    } catch (StoreException away) {
      logger.debug("objects out of time not removed", away);
    }
  }

  @Override
  public void close() {
    thread.shutdownNow();
  }
}
