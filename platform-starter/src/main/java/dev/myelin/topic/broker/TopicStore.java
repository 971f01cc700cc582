package dev.myelin.topic.broker;

import dev.myelin.wire.TopicMessage;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Where a [QueueBroker] keeps its messages and how far each group has come. Thread-safe.
public interface TopicStore extends AutoCloseable {

  /// What was stored before; asked for once, before anything else.
  Contents load();

  /// Stores a message; returns when it is safe.
  ///
  /// @param message the message
  /// @return its number in its topic: one more than that of the message before, from 1
  /// @throws dev.myelin.CallException if it cannot be stored
  long append(TopicMessage message);

  /// A message; empty if it is not retained any more.
  ///
  /// @param topic name of the topic
  /// @param sequence its number
  Optional<TopicMessage> read(String topic, long sequence);

  /// Notes that a group exists.
  ///
  /// @param group which
  /// @param from number of the first message that it wants
  /// @param lasting whether it stays while it has no member
  void add(GroupName group, long from, boolean lasting);

  /// Notes that a group has settled a message. May be lost when the process is killed.
  ///
  /// @param group which
  /// @param sequence number of the message
  void settle(GroupName group, long sequence);

  /// Forgets a group.
  ///
  /// @param group which
  void remove(GroupName group);

  /// Hears that no group wants messages below a number any more.
  ///
  /// @param topic name of the topic
  /// @param below the number
  void release(String topic, long below);

  @Override
  void close();

  /// A group of a topic.
  ///
  /// @param topic name of the topic
  /// @param group name of the group
  record GroupName(String topic, String group) {}

  /// How far a group has come.
  ///
  /// @param position what it has settled
  /// @param lasting whether it stays while it has no member
  record StoredGroup(GroupPosition position, boolean lasting) {}

  /// What was stored before.
  ///
  /// @param last number of the newest message of each topic
  /// @param recent ids of the newest messages of each topic, oldest first
  /// @param groups how far each group has come
  record Contents(
      Map<String, Long> last,
      Map<String, List<String>> recent,
      Map<GroupName, StoredGroup> groups) {

    /// Nothing.
    public static final Contents NONE = new Contents(Map.of(), Map.of(), Map.of());
  }
}
