package dev.myelin;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Callable;

/// The application's own texts that go along with every call and every event: a tenant, a request
/// id, a feature switch.
///
/// Bound to the current thread for the time of a task, like [Deadline]. Where the task calls a
/// service, the operation sees the same texts under [#current()], be the service in this process or
/// in another, and so do the services that it calls in turn. Nothing comes back: what an operation
/// binds is seen by what it calls and by nobody else.
///
/// ```java
/// CallContext.current().with("tenant", "acme").during(() -> prices.price(basket));
/// ```
///
/// Texts do not pass to other threads by themselves; a task that goes to an executor takes its
/// context along by [#during]. At most [#MAX_KEYS] keys and [#MAX_BYTES] bytes of keys and values
/// together. An immutable snapshot; thread-safe.
public final class CallContext {

  /// Most keys of a context.
  public static final int MAX_KEYS = 32;

  /// Most bytes of all keys and values, in UTF-8.
  public static final int MAX_BYTES = 8 * 1024;

  private static final ScopedValue<CallContext> CURRENT = ScopedValue.newInstance();
  private static final CallContext EMPTY = new CallContext(Map.of());

  private final Map<String, String> values;

  private CallContext(Map<String, String> values) {
    this.values = values;
  }

  /// The context of the current thread; without any text where none was bound.
  public static CallContext current() {
    return CURRENT.isBound() ? CURRENT.get() : EMPTY;
  }

  /// A context with exactly these texts.
  ///
  /// @param values by their keys
  /// @throws IllegalArgumentException if a key is blank, or if they are more than a context holds
  public static CallContext of(Map<String, String> values) {
    if (values.isEmpty()) {
      return EMPTY;
    }
    var copy = new TreeMap<>(values);
    check(copy);
    return new CallContext(java.util.Collections.unmodifiableMap(copy));
  }

  private static void check(Map<String, String> values) {
    if (values.size() > MAX_KEYS) {
      throw new IllegalArgumentException(
          "a call context of %d keys, at most %d are carried".formatted(values.size(), MAX_KEYS));
    }
    int bytes = 0;
    for (var entry : values.entrySet()) {
      if (entry.getKey().isBlank()) {
        throw new IllegalArgumentException("a key of a call context is blank");
      }
      bytes += length(entry.getKey()) + length(entry.getValue());
    }
    if (bytes > MAX_BYTES) {
      throw new IllegalArgumentException(
          "a call context of %d bytes, at most %d are carried".formatted(bytes, MAX_BYTES));
    }
  }

  private static int length(String text) {
    return text.getBytes(StandardCharsets.UTF_8).length;
  }

  /// The text of a key; empty if there is none.
  ///
  /// @param key of the text
  public Optional<String> get(String key) {
    return Optional.ofNullable(values.get(key));
  }

  /// All texts by their keys, in order of the keys. Not modifiable.
  public Map<String, String> values() {
    return values;
  }

  /// This context with one text more, or another one under its key. This one stays as it is.
  ///
  /// @param key of the text
  /// @param value the text
  /// @throws IllegalArgumentException if the key is blank, or if there are more texts than a
  ///   context holds
  public CallContext with(String key, String value) {
    var more = new TreeMap<>(values);
    more.put(Objects.requireNonNull(key), Objects.requireNonNull(value));
    return of(more);
  }

  /// This context without a key. This one stays as it is.
  ///
  /// @param key of the text to leave out
  public CallContext without(String key) {
    if (!values.containsKey(key)) {
      return this;
    }
    var fewer = new TreeMap<>(values);
    fewer.remove(key);
    return of(fewer);
  }

  /// Runs a task for which this is [#current()].
  ///
  /// @param task what to run
  /// @return what the task returns
  /// @throws Exception what the task throws
  public <T extends @org.jspecify.annotations.Nullable Object> T during(Callable<T> task)
      throws Exception {
    return ScopedValue.where(CURRENT, this).call(task::call);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof CallContext context && context.values.equals(values);
  }

  @Override
  public int hashCode() {
    return values.hashCode();
  }

  /// The keys; values may be nobody else's business.
  @Override
  public String toString() {
    return "CallContext" + values.keySet();
  }
}
