package dev.myelin.benchmarks.storage;

import dev.myelin.storage.EphemeralStore;
import dev.myelin.storage.ObjectStore;
import dev.myelin.storage.ObjectVersion;
import dev.myelin.storage.StoredObject;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/// Reads over and over, and beside the key that it is told of another one, which must not have
/// become older than it was. For one caller at a time.
final class PollingReader implements OtherReader {

  private final EphemeralStore values;
  private final ObjectStore objects;
  private final Map<Integer, Long> seenValues = new HashMap<>();
  private final Map<Integer, Long> seenObjects = new HashMap<>();
  private final Random random = new Random(1);

  /// Makes one.
  ///
  /// @param values where the values are
  /// @param objects with a cache before them
  PollingReader(EphemeralStore values, ObjectStore objects) {
    this.values = values;
    this.objects = objects;
  }

  private interface Read {
    long number(int key);
  }

  @Override
  public synchronized Seen value(int key, long number) {
    return awaited(seenValues, this::number, key, number);
  }

  @Override
  public synchronized Seen object(int key, ObjectVersion version) {
    boolean atOnce =
        objects
            .get(Visibility.key(key))
            .map(StoredObject::version)
            .filter(version::equals)
            .isPresent();
    var recent = awaited(seenObjects, this::recent, key, version.number());
    return new Seen(atOnce, recent.backward());
  }

  private Seen awaited(Map<Integer, Long> seen, Read read, int key, long number) {
    boolean backward = false;
    long found = read.number(key);
    boolean atOnce = found >= number;
    while (found < number) {
      backward |= found < seen.getOrDefault(key, 0L);
      Thread.onSpinWait();
      found = read.number(key);
    }
    seen.put(key, found);
    int other = random.nextInt(Visibility.KEYS);
    backward |= read.number(other) < seen.getOrDefault(other, 0L);
    return new Seen(atOnce, backward);
  }

  private long number(int key) {
    return values
        .get(Visibility.name(key))
        .map(found -> ByteBuffer.wrap(found.value()).getLong())
        .orElse(0L);
  }

  private long recent(int key) {
    Optional<StoredObject> found = objects.recent(Visibility.key(key));
    return found.map(object -> object.version().number()).orElse(0L);
  }
}
