package dev.myelin.storage.settle;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.myelin.storage.ObjectKey;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The writes that nobody knows the outcome of, to be settled before their objects are touched
/// again. Thread-safe; holds its lock for moments only.
///
/// Holds 16 MiB of states at most and forgets the oldest beyond that, which is logged.
final class UnsettledWrites {

  private static final Logger logger = LoggerFactory.getLogger(UnsettledWrites.class);
  private static final long MOST_BYTES = 16 << 20;

  /// What a write takes beside its state, roughly.
  private static final long OVERHEAD = 500;

  @GuardedBy("this")
  private final Map<ObjectKey, Deque<Write>> writes = new LinkedHashMap<>();

  @GuardedBy("this")
  private long bytes;

  private volatile boolean empty = true;

  synchronized void add(Write write) {
    writes.computeIfAbsent(write.key(), _ -> new ArrayDeque<>()).add(write);
    bytes += size(write);
    while (bytes > MOST_BYTES) {
      var oldest = writes.values().iterator().next().getFirst();
      logger.warn("write forgotten whose outcome is not known object={}", oldest.key());
      remove(oldest);
    }
    empty = writes.isEmpty();
  }

  synchronized void remove(Write write) {
    var ofKey = writes.get(write.key());
    if (ofKey == null || !ofKey.remove(write)) {
      return;
    }
    bytes -= size(write);
    if (ofKey.isEmpty()) {
      writes.remove(write.key());
    }
    empty = writes.isEmpty();
  }

  Optional<Write> first(ObjectKey key) {
    if (empty) {
      return Optional.empty();
    }
    synchronized (this) {
      return Optional.ofNullable(writes.get(key)).map(Deque::getFirst);
    }
  }

  List<ObjectKey> ofType(String type) {
    if (empty) {
      return List.of();
    }
    synchronized (this) {
      return new ArrayList<>(writes.keySet())
          .stream().filter(key -> key.type().equals(type)).toList();
    }
  }

  private static long size(Write write) {
    return OVERHEAD
        + switch (write) {
          case Write.Create create -> create.state().length;
          case Write.Replace replace -> replace.state().length;
          case Write.Delete _ -> 0;
        };
  }
}
