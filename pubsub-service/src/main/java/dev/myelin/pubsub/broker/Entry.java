package dev.myelin.pubsub.broker;

import dev.myelin.topic.broker.TopicStore.GroupName;
import dev.myelin.wire.TopicMessage;
import java.util.List;

/// What a journal consists of.
sealed interface Entry {

  /// A message was accepted.
  ///
  /// @param sequence its number in its topic
  /// @param message the message
  record Published(long sequence, TopicMessage message) implements Entry {}

  /// How far a group has come, replacing what was said of it before.
  ///
  /// @param group which
  /// @param lasting whether it stays while it has no member
  /// @param floor number of a message; all up to it are settled
  /// @param above numbers of settled messages above it
  record Positioned(GroupName group, boolean lasting, long floor, List<Long> above)
      implements Entry {}

  /// A group settled a message.
  ///
  /// @param group which
  /// @param sequence number of the message
  record Settled(GroupName group, long sequence) implements Entry {}

  /// A group is forgotten.
  ///
  /// @param group which
  record Removed(GroupName group) implements Entry {}

  /// Number of the newest message of a topic, which may not be retained any more.
  ///
  /// @param topic name of the topic
  /// @param last the number
  record Counted(String topic, long last) implements Entry {}
}
