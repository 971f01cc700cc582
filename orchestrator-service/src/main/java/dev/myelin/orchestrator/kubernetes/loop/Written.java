package dev.myelin.orchestrator.kubernetes.loop;

import dev.myelin.orchestrator.time.Time;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// What was written a moment ago and the cache may not show yet, so that nothing is written twice.
/// Thread-safe.
final class Written {

  /// A watch that has not told of a write by then never will: the object has gone again.
  private static final Duration REMEMBERED = Duration.ofSeconds(30);

  private final Time time;
  private final Map<String, Entry> entries = new ConcurrentHashMap<>();

  /// One write.
  ///
  /// @param before version that the cache showed; null where it showed nothing
  /// @param object what the API answered; null where it was deleted
  /// @param at the ticker's reading
  private record Entry(@Nullable String before, @Nullable HasMetadata object, long at) {}

  Written(Time time) {
    this.time = time;
  }

  // What was written on top of something that the cache does not show yet follows that
  void note(@Nullable HasMetadata before, HasMetadata object, boolean deleted) {
    var version = before == null ? null : before.getMetadata().getResourceVersion();
    var result = deleted ? null : object;
    long now = time.nanos();
    entries.compute(
        key(object),
        (_, entry) -> {
          boolean onTop =
              entry != null
                  && entry.object() != null
                  && Objects.equals(entry.object().getMetadata().getResourceVersion(), version);
          return new Entry(onTop ? entry.before() : version, result, now);
        });
  }

  /// What is there, as far as the cache and the last writes tell.
  ///
  /// @param service whose objects they are
  /// @param cached what the cache shows
  List<HasMetadata> over(String service, List<HasMetadata> cached) {
    var found = new ArrayList<HasMetadata>();
    for (var object : cached) {
      var entry = current(key(object), object.getMetadata().getResourceVersion());
      if (entry == null) {
        found.add(object);
      } else if (entry.object() != null) {
        found.add(entry.object());
      }
    }
    var shown = cached.stream().map(Written::key).toList();
    entries.forEach((key, _) -> {
      if (key.endsWith("/" + service) && !shown.contains(key)) {
        var entry = current(key, null);
        if (entry != null && entry.object() != null) {
          found.add(entry.object());
        }
      }
    });
    return found;
  }

  private @Nullable Entry current(String key, @Nullable String version) {
    var entry = entries.get(key);
    if (entry == null) {
      return null;
    }
    if (!Objects.equals(entry.before(), version) || time.passed(entry.at(), REMEMBERED)) {
      entries.remove(key, entry);
      return null;
    }
    return entry;
  }

  void clear() {
    entries.clear();
  }

  private static String key(HasMetadata object) {
    return object.getKind() + "/" + object.getMetadata().getName();
  }
}
