package dev.myelin.object;

import dev.myelin.Execution;
import dev.myelin.storage.ObjectKey;
import dev.myelin.storage.ObjectLimits;
import dev.myelin.storage.ObjectPage;
import dev.myelin.storage.ObjectStore;
import dev.myelin.storage.ObjectVersion;
import dev.myelin.storage.StoreException;
import dev.myelin.storage.StoredObject;
import dev.myelin.storage.memory.InMemoryObjectStore;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// A store whose next operations fail as they are told to.
final class UncertainStore implements ObjectStore {

  private final InMemoryObjectStore store = new InMemoryObjectStore(ObjectLimits.DEFAULT);
  private final Queue<Fault> writes = new ArrayDeque<>();
  private final Map<ObjectKey, StoredObject> cached = new HashMap<>();
  private Runnable beforeWrite = () -> {};
  private int reads;
  private int written;

  /// What becomes of a write.
  enum Fault {
    NONE,
    REFUSED,
    DONE_BUT_UNKNOWN,
    NOT_DONE_BUT_UNKNOWN
  }

  /// Tells what becomes of the next writes.
  void next(Fault... faults) {
    writes.addAll(java.util.List.of(faults));
  }

  /// Does something before the next write.
  void beforeNextWrite(Runnable task) {
    beforeWrite = task;
  }

  /// Has the cache keep what there is now, whatever is written afterwards.
  void cache(ObjectKey key) {
    cached.put(key, store.get(key).orElseThrow());
  }

  int reads() {
    return reads;
  }

  int written() {
    return written;
  }

  @Override
  public Optional<StoredObject> get(ObjectKey key) {
    reads++;
    return store.get(key);
  }

  @Override
  public Optional<StoredObject> recent(ObjectKey key) {
    var found = cached.get(key);
    return found == null ? get(key) : Optional.of(found);
  }

  @Override
  public Optional<ObjectVersion> create(
      ObjectKey key, byte[] state, @Nullable Duration timeToLive) {
    return write(() -> store.create(key, state, timeToLive));
  }

  @Override
  public Optional<ObjectVersion> replace(
      ObjectKey key, ObjectVersion expected, byte[] state, @Nullable Duration timeToLive) {
    return write(() -> store.replace(key, expected, state, timeToLive));
  }

  @Override
  public boolean delete(ObjectKey key, ObjectVersion expected) {
    return write(() -> store.delete(key, expected));
  }

  @Override
  public ObjectPage scan(String type, @Nullable String from, int limit) {
    return store.scan(type, from, limit);
  }

  private <T> T write(Supplier<T> write) {
    written++;
    var task = beforeWrite;
    beforeWrite = () -> {};
    task.run();
    var fault = writes.isEmpty() ? Fault.NONE : writes.remove();
    return switch (fault) {
      case NONE -> write.get();
      case REFUSED -> throw new StoreException(Execution.DID_NOT_RUN, "unreachable", null);
      case DONE_BUT_UNKNOWN -> {
        var _ = write.get();
        throw new StoreException(Execution.MAY_HAVE_RUN, "timed out", null);
      }
      case NOT_DONE_BUT_UNKNOWN ->
          throw new StoreException(Execution.MAY_HAVE_RUN, "timed out", null);
    };
  }
}
