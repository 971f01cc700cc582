package dev.myelin.autoconfigure;

import dev.myelin.topic.Redelivery;
import dev.myelin.topic.TopicSettings;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.util.unit.DataSize;

/// How events are published and delivered.
///
/// @param enabled whether there is an event bus, and annotated methods are subscribed
/// @param publishTimeout time that a publisher waits for the broker to accept an event, unless the
///   deadline of the call it serves is earlier
/// @param ackTimeout time after which a delivery goes to another subscriber when nothing is heard
///   of the one that has it; a subscriber that still works on it says so three times within it
/// @param window deliveries that a subscriber holds at a time, being handled or waiting for it
/// @param maxAttempts attempts, the first included, after which a publication that cannot be
///   handled goes to the dead-letter topic
/// @param backoff waits between the attempts
/// @param maxEventSize size of an event as JSON above which it is not published
/// @param memory size of all events together that wait in a process that runs by itself, above
///   which further ones are refused
@ConfigurationProperties("myelin.topics")
record TopicProperties(
    @DefaultValue("true") boolean enabled,
    @DefaultValue("10s") Duration publishTimeout,
    @DefaultValue("30s") Duration ackTimeout,
    @DefaultValue("16") int window,
    @DefaultValue("10") int maxAttempts,
    @DefaultValue Backoff backoff,
    @DefaultValue("512KB") DataSize maxEventSize,
    @DefaultValue("64MB") DataSize memory) {

  private static final Duration LEAST_ACK = Duration.ofMillis(100);
  private static final Duration MOST_ACK = Duration.ofDays(1);
  private static final int MOST_WINDOW = 10_000;

  TopicProperties {
    Limits.positive("myelin.topics.publish-timeout", publishTimeout);
    Limits.atLeast("myelin.topics.ack-timeout", ackTimeout, LEAST_ACK);
    Limits.atMost("myelin.topics.ack-timeout", ackTimeout, MOST_ACK);
    Limits.range("myelin.topics.window", window, 1, MOST_WINDOW);
    Limits.atLeastOne("myelin.topics.max-attempts", maxAttempts);
    positive("myelin.topics.max-event-size", maxEventSize);
    positive("myelin.topics.memory", memory);
  }

  /// Waits between the attempts.
  ///
  /// @param first wait after the first attempt; each further one is twice as long
  /// @param longest longest wait
  record Backoff(@DefaultValue("500ms") Duration first, @DefaultValue("1m") Duration longest) {

    Backoff {
      Limits.positive("myelin.topics.backoff.first", first);
      Limits.atLeast("myelin.topics.backoff.longest", longest, first);
    }
  }

  private static void positive(String property, DataSize value) {
    if (value.toBytes() < 1) {
      throw new InvalidConfigurationPropertyValueException(
          property, value, "It must be more than 0.");
    }
  }

  TopicSettings settings(Duration stopTimeout) {
    return new TopicSettings(
        publishTimeout,
        ackTimeout,
        window,
        new Redelivery(maxAttempts, backoff.first(), backoff.longest()),
        stopTimeout);
  }
}
