package dev.myelin.wire;

import java.time.Duration;

/// What a member of a group wants.
///
/// A group begins with what is published after its first subscription.
///
/// @param topic name of the topic
/// @param group name of the group; each message goes to one of its members
/// @param subscriber who asks
/// @param lasting whether the group stays, and what is published is kept for it, while it has no
///   member; one that does not last is forgotten half a minute after its last member has gone
/// @param ackTimeout time after which a delivery that was neither settled nor extended goes to
///   another member
/// @param maxAttempts deliveries after which a message goes to the dead-letter topic
public record TopicSubscription(
    String topic,
    String group,
    String subscriber,
    boolean lasting,
    Duration ackTimeout,
    int maxAttempts) {

  private static final Duration LONGEST = Duration.ofDays(1);

  /// Checks names and limits.
  public TopicSubscription {
    TopicNames.require("topic", topic);
    TopicNames.require("group", group);
    if (!ackTimeout.isPositive() || ackTimeout.compareTo(LONGEST) > 0) {
      throw new IllegalArgumentException(
          "The ack timeout is %s but must be more than 0 and at most %s"
              .formatted(ackTimeout, LONGEST));
    }
    if (maxAttempts < 1) {
      throw new IllegalArgumentException(
          "There are %d attempts but there must be at least 1".formatted(maxAttempts));
    }
  }
}
