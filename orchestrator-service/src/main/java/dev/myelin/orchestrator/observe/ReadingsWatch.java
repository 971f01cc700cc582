package dev.myelin.orchestrator.observe;

import dev.myelin.orchestrator.time.Time;
import dev.myelin.wire.InstanceId;
import dev.myelin.wire.Reading;
import dev.myelin.wire.Stethoscope;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What the stethoscope last said of each instance. Thread-safe; reading never blocks.
///
/// While the stethoscope does not answer, its last readings stay and grow old.
public final class ReadingsWatch {

  private static final Logger log = LoggerFactory.getLogger(ReadingsWatch.class);

  private final Stethoscope stethoscope;
  private final Executor executor;
  private final Time time;
  private final CallLedger ledger;
  private final AtomicBoolean asking = new AtomicBoolean();
  private volatile Readings latest = Readings.NONE;

  /// Readings and when they came.
  ///
  /// @param byId each instance's
  /// @param at the ticker's reading when they came
  public record Readings(Map<InstanceId, Reading> byId, long at) {

    /// Nothing heard.
    public static final Readings NONE = new Readings(Map.of(), 0);

    /// Copies the readings.
    public Readings {
      byId = Map.copyOf(byId);
    }

    /// Whether an instance's reading has a heartbeat that was young enough.
    ///
    /// @param id which instance
    /// @param time tells how old the readings are
    /// @param stale age at which a reading counts no more
    public boolean fresh(InstanceId id, Time time, Duration stale) {
      var reading = byId.get(id);
      return reading != null
          && reading.heartbeat() != null
          && reading.age().plus(time.since(at)).compareTo(stale) < 0;
    }
  }

  /// Creates it; nothing is heard yet.
  ///
  /// @param stethoscope whom to ask
  /// @param executor runs what may block
  /// @param time for the age of readings
  /// @param ledger is told the calls that the readings speak of
  public ReadingsWatch(Stethoscope stethoscope, Executor executor, Time time, CallLedger ledger) {
    this.stethoscope = stethoscope;
    this.executor = executor;
    this.time = time;
    this.ledger = ledger;
  }

  /// Asks for new readings, unless an answer is still awaited. Returns at once.
  public void refresh() {
    if (asking.compareAndSet(false, true)) {
      executor.execute(this::ask);
    }
  }

  private void ask() {
    try {
      // Taken before the question, so that a slow answer makes readings older, never younger
      long asked = time.nanos();
      var byId = new HashMap<InstanceId, Reading>();
      stethoscope.readings().forEach(reading -> byId.put(reading.id(), reading));
      latest = new Readings(byId, asked);
      ledger.note(byId.values());
    } catch (RuntimeException e) {
      log.debug("The stethoscope does not answer", e);
    } finally {
      asking.set(false);
    }
  }

  /// The last readings.
  public Readings latest() {
    return latest;
  }
}
