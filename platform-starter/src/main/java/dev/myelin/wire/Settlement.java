package dev.myelin.wire;

import java.time.Duration;

/// What became of a delivery.
///
/// @param topic name of the topic
/// @param group name of the group
/// @param token of the delivery
/// @param outcome what became of it
public record Settlement(String topic, String group, String token, Outcome outcome) {

  /// What a delivery came to.
  public sealed interface Outcome {

    /// It was handled.
    record Acknowledged() implements Outcome {}

    /// It is to be delivered again.
    ///
    /// @param delay how much later
    record Retry(Duration delay) implements Outcome {

      private static final Duration LONGEST = Duration.ofDays(365);

      /// Checks the delay.
      public Retry {
        if (delay.isNegative() || delay.compareTo(LONGEST) > 0) {
          throw new IllegalArgumentException(
              "The delay is %s but must not be negative and at most %s".formatted(delay, LONGEST));
        }
      }
    }

    /// It goes to the dead-letter topic.
    ///
    /// @param attempts how often it was tried
    /// @param reason what became of the last attempt
    record Dead(int attempts, String reason) implements Outcome {}
  }
}
