package dev.myelin.observation;

import dev.myelin.wire.ContextFields;
import io.micrometer.core.instrument.Clock;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.Timer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// Times calls and served operations without making an observation of each: the timers that
/// Micrometer's own handler would make of the observations, with the same names and tags, at a
/// small part of the cost. There is no timer of what is under way, and no current observation while
/// an operation runs. Thread-safe.
///
/// Timers are looked up once for each operation and ending. Callers of operations that do not exist
/// are timed, too, so there is a limit to how many are kept; those beyond it are looked up each
/// time.
public final class CallTimers implements CallObserver {

  private static final int MOST = 10_000;
  private static final String NO_ERROR = "none";

  private final MeterRegistry registry;
  private final Clock clock;
  private final Timers calls = new Timers(CallObservationConvention.NAME);
  private final Timers served = new Timers(ServeObservationConvention.NAME);

  /// Creates it.
  ///
  /// @param registry where the timers are
  public CallTimers(MeterRegistry registry) {
    this.registry = registry;
    clock = registry.config().clock();
  }

  @Override
  public CallObservation call(ObservedOperation operation) {
    return new TimedCall(calls.of(operation), clock);
  }

  @Override
  public CallObservation serve(ObservedOperation operation, ContextFields fields) {
    return new TimedCall(served.of(operation), clock);
  }

  /// How an operation ended.
  ///
  /// @param outcome the outcome
  /// @param error the class of what was thrown; null if nothing is known of it
  record Ending(String outcome, @Nullable Class<?> error) {}

  /// The timers of one operation.
  final class OperationTimers {

    private final String name;
    private final ObservedOperation operation;
    private final Map<Ending, Timer> byEnding = new ConcurrentHashMap<>();
    private volatile @Nullable Timer success;

    private OperationTimers(String name, ObservedOperation operation) {
      this.name = name;
      this.operation = operation;
    }

    /// The timer of calls that gave a result.
    Timer success() {
      var known = success;
      if (known == null) {
        known = timer(new Ending(CallObservation.SUCCESS, null));
        success = known;
      }
      return known;
    }

    /// The timer of calls that ended otherwise.
    Timer ended(Ending how) {
      var known = byEnding.get(how);
      if (known == null) {
        known = timer(how);
        // a class is named by whoever throws: no more are kept than there can be of operations
        if (byEnding.size() < MOST) {
          byEnding.putIfAbsent(how, known);
        }
      }
      return known;
    }

    private Timer timer(Ending how) {
      List<Tag> tags = new ArrayList<>();
      OperationKeys.values(operation, how.outcome())
          .forEach(key -> tags.add(Tag.of(key.getKey(), key.getValue())));
      var error = how.error();
      tags.add(Tag.of("error", error == null ? NO_ERROR : error.getSimpleName()));
      return registry.timer(name, tags);
    }
  }

  /// The timers of one name.
  private final class Timers {

    private final String name;
    private final Map<ObservedOperation, OperationTimers> known = new ConcurrentHashMap<>();

    private Timers(String name) {
      this.name = name;
    }

    private OperationTimers of(ObservedOperation operation) {
      var timers = known.get(operation);
      if (timers == null) {
        timers = new OperationTimers(name, operation);
        if (known.size() < MOST) {
          known.putIfAbsent(operation, timers);
        }
      }
      return timers;
    }
  }
}
