package dev.myelin.orchestrator.observe;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.myelin.orchestrator.time.Time;
import dev.myelin.wire.InstanceId;
import dev.myelin.wire.Reading;
import dev.myelin.wire.Stethoscope;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What the stethoscopes last said of each instance. Thread-safe; reading never blocks.
///
/// Each is asked by itself, so that one that hangs hides nothing of what the others say; where two
/// speak of the same instance, the one that heard it last counts. While one does not answer, its
/// last readings stay and grow old; those of one that is gone are dropped after a while.
public final class ReadingsWatch {

  private static final Logger log = LoggerFactory.getLogger(ReadingsWatch.class);
  private static final Duration REMEMBERED = Duration.ofSeconds(30);
  private static final InstanceId ONLY = new InstanceId("stethoscope");

  private final Supplier<Map<InstanceId, Stethoscope>> stethoscopes;
  private final Executor executor;
  private final Time time;
  private final CallLedger ledger;

  @GuardedBy("this")
  private final Map<InstanceId, Said> said = new HashMap<>();

  private volatile Readings latest = Readings.NONE;

  /// What one of them said last.
  private static final class Said {
    boolean asking;
    long at;
    List<Reading> readings = List.of();

    Said(long at) {
      this.at = at;
    }
  }

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

  /// Creates it for one stethoscope; nothing is heard yet.
  ///
  /// @param stethoscope whom to ask
  /// @param executor runs what may block
  /// @param time for the age of readings
  /// @param ledger is told the calls that the readings speak of
  public ReadingsWatch(Stethoscope stethoscope, Executor executor, Time time, CallLedger ledger) {
    this(() -> Map.of(ONLY, stethoscope), executor, time, ledger);
  }

  /// Creates it; nothing is heard yet.
  ///
  /// @param stethoscopes gets all that are there, by the id of their process; never blocks
  /// @param executor runs what may block
  /// @param time for the age of readings
  /// @param ledger is told the calls that the readings speak of
  public ReadingsWatch(
      Supplier<Map<InstanceId, Stethoscope>> stethoscopes,
      Executor executor,
      Time time,
      CallLedger ledger) {
    this.stethoscopes = stethoscopes;
    this.executor = executor;
    this.time = time;
    this.ledger = ledger;
  }

  /// Asks each stethoscope for new readings, unless its answer is still awaited. Returns at once.
  public void refresh() {
    var there = stethoscopes.get();
    synchronized (this) {
      said.entrySet()
          .removeIf(each ->
              !there.containsKey(each.getKey()) && time.passed(each.getValue().at, REMEMBERED));
      there.forEach((id, stethoscope) -> {
        var its = said.computeIfAbsent(id, _ -> new Said(time.nanos()));
        if (!its.asking) {
          its.asking = true;
          executor.execute(() -> ask(id, stethoscope, its));
        }
      });
    }
  }

  private void ask(InstanceId id, Stethoscope stethoscope, Said its) {
    try {
      // Taken before the question, so that a slow answer makes readings older, never younger
      long asked = time.nanos();
      var readings = List.copyOf(stethoscope.readings());
      ledger.note(readings);
      synchronized (this) {
        its.readings = readings;
        its.at = asked;
        latest = merged();
      }
    } catch (RuntimeException e) {
      log.debug("Stethoscope '{}' does not answer", id, e);
    } finally {
      synchronized (this) {
        its.asking = false;
      }
    }
  }

  @GuardedBy("this")
  private Readings merged() {
    long newest =
        said.values().stream()
            .mapToLong(each -> each.at)
            .reduce((one, other) -> one - other > 0 ? one : other)
            .orElse(0);
    var byId = new HashMap<InstanceId, Reading>();
    for (var each : said.values()) {
      var since = Duration.ofNanos(newest - each.at);
      for (var reading : each.readings) {
        byId.merge(
            reading.id(),
            since.isZero() ? reading : older(reading, since),
            (one, other) -> one.age().compareTo(other.age()) <= 0 ? one : other);
      }
    }
    return new Readings(byId, newest);
  }

  private static Reading older(Reading reading, Duration by) {
    return new Reading(reading.id(), reading.health(), reading.age().plus(by), reading.heartbeat());
  }

  /// The last readings.
  public Readings latest() {
    return latest;
  }
}
