package dev.myelin.wire;

import dev.myelin.Delivery;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/// An event on its way.
///
/// @param id identifies it among all messages of its topic
/// @param topic name of the topic
/// @param time when it was published
/// @param type name of the event's class at the publisher
/// @param content the event as JSON
/// @param headers what travels with it
public record TopicMessage(
    String id,
    String topic,
    Instant time,
    String type,
    String content,
    Map<String, String> headers) {

  /// Copies the headers.
  public TopicMessage {
    headers = Map.copyOf(headers);
  }

  /// What becomes of it when a group could not handle it: the same event on the dead-letter topic.
  ///
  /// @param group name of the group
  /// @param attempts how often it was tried
  /// @param reason what became of the last attempt
  public TopicMessage deadLetter(String group, int attempts, String reason) {
    var more = new LinkedHashMap<>(headers);
    more.put(Delivery.DEAD_TOPIC, topic);
    more.put(Delivery.DEAD_GROUP, group);
    more.put(Delivery.DEAD_ATTEMPTS, Integer.toString(attempts));
    more.put(Delivery.DEAD_REASON, TopicNames.headerValue(reason));
    return new TopicMessage(
        id + "@" + group, TopicNames.deadLetter(topic), time, type, content, more);
  }
}
