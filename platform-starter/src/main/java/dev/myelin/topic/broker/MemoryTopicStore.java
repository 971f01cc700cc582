package dev.myelin.topic.broker;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.myelin.CallException;
import dev.myelin.Execution;
import dev.myelin.Status;
import dev.myelin.wire.TopicMessage;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.locks.ReentrantLock;

/// Messages in memory, each for as long as a group wants it; all are lost with the process.
///
/// Where subscribers are so far behind that the limit is reached, further messages are refused.
public final class MemoryTopicStore implements TopicStore {

  private static final int OVERHEAD = 256;

  private final long limit;
  private final ReentrantLock lock = new ReentrantLock();

  @GuardedBy("lock")
  private final Map<String, Messages> topics = new HashMap<>();

  @GuardedBy("lock")
  private long size;

  /// Creates one.
  ///
  /// @param limit most bytes of all messages together, roughly
  public MemoryTopicStore(long limit) {
    this.limit = limit;
  }

  private static final class Messages {
    private final TreeMap<Long, TopicMessage> kept = new TreeMap<>();
    private long last;
  }

  @Override
  public Contents load() {
    return Contents.NONE;
  }

  @Override
  public long append(TopicMessage message) {
    lock.lock();
    try {
      long bytes = size(message);
      if (size + bytes > limit) {
        throw new CallException(
            Status.RESOURCE_EXHAUSTED,
            Execution.DID_NOT_RUN,
            "Topic '%s' takes no event: %d bytes wait for subscribers already, of at most %d; let them handle or acknowledge faster, or raise the limit"
                .formatted(message.topic(), size, limit));
      }
      size += bytes;
      var topic = topics.computeIfAbsent(message.topic(), _ -> new Messages());
      topic.kept.put(++topic.last, message);
      return topic.last;
    } finally {
      lock.unlock();
    }
  }

  private static long size(TopicMessage message) {
    return OVERHEAD + 2L * message.content().length();
  }

  @Override
  public Optional<TopicMessage> read(String topic, long sequence) {
    lock.lock();
    try {
      var messages = topics.get(topic);
      return messages == null ? Optional.empty() : Optional.ofNullable(messages.kept.get(sequence));
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void release(String topic, long below) {
    lock.lock();
    try {
      var messages = topics.get(topic);
      if (messages != null) {
        var released = messages.kept.headMap(below);
        size -= released.values().stream().mapToLong(MemoryTopicStore::size).sum();
        released.clear();
      }
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void add(GroupName group, long from, boolean lasting) {}

  @Override
  public void settle(GroupName group, long sequence) {}

  @Override
  public void remove(GroupName group) {}

  @Override
  public void close() {}
}
