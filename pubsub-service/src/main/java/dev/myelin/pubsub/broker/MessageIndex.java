package dev.myelin.pubsub.broker;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.myelin.pubsub.broker.Segment.Location;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.locks.ReentrantLock;

/// Where the messages lie that somebody may still want. Thread-safe.
final class MessageIndex {

  private final ReentrantLock lock = new ReentrantLock();

  @GuardedBy("lock")
  private final Map<String, TreeMap<Long, Location>> topics = new HashMap<>();

  void add(String topic, long sequence, Location location) {
    lock.lock();
    try {
      topics.computeIfAbsent(topic, _ -> new TreeMap<>()).put(sequence, location);
    } finally {
      lock.unlock();
    }
  }

  Optional<Location> find(String topic, long sequence) {
    lock.lock();
    try {
      var messages = topics.get(topic);
      return messages == null ? Optional.empty() : Optional.ofNullable(messages.get(sequence));
    } finally {
      lock.unlock();
    }
  }

  /// Forgets the messages of a topic below a number.
  void release(String topic, long below) {
    lock.lock();
    try {
      var messages = topics.get(topic);
      if (messages != null) {
        messages.headMap(below).clear();
      }
    } finally {
      lock.unlock();
    }
  }

  /// Forgets the messages of a file.
  ///
  /// @return how many of each topic somebody might still have wanted
  Map<String, Integer> remove(Segment segment) {
    lock.lock();
    try {
      var removed = new HashMap<String, Integer>();
      topics.forEach((topic, messages) -> {
        int before = messages.size();
        messages.values().removeIf(location -> location.segment().equals(segment));
        if (messages.size() < before) {
          removed.put(topic, before - messages.size());
        }
      });
      return removed;
    } finally {
      lock.unlock();
    }
  }
}
