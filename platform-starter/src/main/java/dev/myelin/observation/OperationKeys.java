package dev.myelin.observation;

import io.micrometer.common.KeyValues;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// Names and keys of operations, made once for each and not for each call. Thread-safe.
///
/// Callers of operations that do not exist are observed, too, so there is a limit to how many are
/// kept; the keys of those beyond it are made each time.
final class OperationKeys {

  private static final int MOST = 10_000;
  private static final String UNKNOWN = "UNKNOWN";

  private final Map<ObservedOperation, Keys> known = new ConcurrentHashMap<>();

  /// What is kept of an operation.
  ///
  /// @param name what its spans are called
  /// @param byOutcome its keys; outcomes are few
  private record Keys(String name, Map<String, KeyValues> byOutcome) {}

  /// What the spans of an operation are called.
  String name(ObservedOperation operation) {
    return keys(operation).name();
  }

  /// The low-cardinality keys of an operation that came to an outcome.
  ///
  /// @param operation the operation
  /// @param outcome what came of it; null while it is under way
  KeyValues keys(ObservedOperation operation, @Nullable String outcome) {
    var byOutcome = keys(operation).byOutcome();
    var ended = outcome == null ? UNKNOWN : outcome;
    var values = byOutcome.get(ended);
    if (values == null) {
      values = values(operation, outcome);
      byOutcome.put(ended, values);
    }
    return values;
  }

  private Keys keys(ObservedOperation operation) {
    var keys = known.get(operation);
    if (keys == null) {
      keys = new Keys(operation.toString(), new ConcurrentHashMap<>());
      if (known.size() < MOST) {
        known.putIfAbsent(operation, keys);
      }
    }
    return keys;
  }

  /// The keys, made anew.
  ///
  /// @param operation the operation
  /// @param outcome what came of it; null while it is under way
  static KeyValues values(ObservedOperation operation, @Nullable String outcome) {
    return KeyValues.of(
        "service",
        operation.service(),
        "operation",
        operation.operation(),
        "outcome",
        outcome == null ? UNKNOWN : outcome);
  }
}
