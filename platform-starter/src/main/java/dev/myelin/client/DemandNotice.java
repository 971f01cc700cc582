package dev.myelin.client;

import dev.myelin.wire.Orchestrator;
import dev.myelin.wire.ServiceNames;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Tells an orchestrator which services are called and have no instance: once a second and service,
/// however many calls wait. Thread-safe; never blocks its caller.
public final class DemandNotice implements Absence {

  private static final Logger log = LoggerFactory.getLogger(DemandNotice.class);
  private static final long INTERVAL = Duration.ofSeconds(1).toNanos();

  private final Supplier<Orchestrator> orchestrator;
  private final Executor executor;
  private final LongSupplier ticker;
  private final Map<String, Notice> notices = new ConcurrentHashMap<>();

  private static final class Notice {

    final AtomicBoolean underWay = new AtomicBoolean();
    volatile boolean said;
    volatile long at;
  }

  /// Creates it.
  ///
  /// @param orchestrator gets an orchestrator or a stand-in for it
  /// @param executor runs what may block
  /// @param ticker interval clock, in nanoseconds
  public DemandNotice(Supplier<Orchestrator> orchestrator, Executor executor, LongSupplier ticker) {
    this.orchestrator = orchestrator;
    this.executor = executor;
    this.ticker = ticker;
  }

  @Override
  public void noticed(String service) {
    if (ServiceNames.reserved(service)) {
      return; // starts with the cluster
    }
    var notice = notices.computeIfAbsent(service, _ -> new Notice());
    if (notice.said && ticker.getAsLong() - notice.at < INTERVAL) {
      return;
    }
    if (notice.underWay.compareAndSet(false, true)) {
      notice.at = ticker.getAsLong();
      notice.said = true;
      executor.execute(() -> say(service, notice));
    }
  }

  private void say(String service, Notice notice) {
    try {
      orchestrator.get().demand(service);
    } catch (RuntimeException e) {
      log.debug("No orchestrator could be told that '{}' is called", service, e);
    } finally {
      notice.underWay.set(false);
    }
  }
}
