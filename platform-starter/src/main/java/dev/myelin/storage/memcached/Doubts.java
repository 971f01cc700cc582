package dev.myelin.storage.memcached;

import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// The keys of which a node has missed a write, as memcached has them: it may hold an old value of
/// each, and is not asked for it before that is removed. Thread-safe.
final class Doubts {

  /// Keys above which the node is emptied instead of each being removed.
  private static final int MOST = 10_000;

  /// Begins a key that is a counter; no key of memcached has it.
  private static final String COUNTER = " ";

  private final Set<String> keys = ConcurrentHashMap.newKeySet();
  private final Runnable whenTooMany;
  private volatile boolean tooMany;

  /// Creates none.
  ///
  /// @param whenTooMany runs when any key may be old
  Doubts(Runnable whenTooMany) {
    this.whenTooMany = whenTooMany;
  }

  /// Whether there are any.
  boolean any() {
    return tooMany || !keys.isEmpty();
  }

  /// Whether there may be an old value of a key.
  boolean of(String key) {
    return !keys.isEmpty() && (keys.contains(key) || keys.contains(COUNTER + key));
  }

  /// Notes that a value may be old, as the node could not be told of a newer one.
  void add(String key) {
    if (keys.size() < MOST) {
      keys.add(key);
    } else {
      lose();
    }
  }

  /// Notes that any key may be old.
  void lose() {
    tooMany = true;
    whenTooMany.run();
  }

  /// Notes that a count may be old.
  void addCounter(String key) {
    add(COUNTER + key);
  }

  /// Notes that whatever the node held of a key is replaced.
  void replaced(String key) {
    if (!keys.isEmpty()) {
      keys.remove(key);
      keys.remove(COUNTER + key);
    }
  }

  /// Takes note of an emptying that is about to be made, where one is needed; [#lose] where it
  /// fails.
  ///
  /// @return whether it is
  boolean takeTooMany() {
    boolean taken = tooMany;
    tooMany = false;
    return taken;
  }

  /// What is in doubt now.
  ///
  /// @param values keys of values
  /// @param counters keys of counters
  record Keys(List<String> values, List<String> counters) {}

  /// What is in doubt now.
  Keys keys() {
    var all = List.copyOf(keys);
    return new Keys(
        all.stream().filter(key -> !key.startsWith(COUNTER)).toList(),
        all.stream()
            .filter(key -> key.startsWith(COUNTER))
            .map(key -> key.substring(COUNTER.length()))
            .toList());
  }

  /// Notes that these are removed.
  void settled(Keys removed) {
    removed.values().forEach(keys::remove);
    removed.counters().forEach(key -> keys.remove(COUNTER + key));
  }
}
