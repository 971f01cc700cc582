package dev.myelin.pubsub.broker;

import org.jspecify.annotations.Nullable;

/// A delivery as the subject tells it on which JetStream hears of it, which is its token:
/// `$JS.ACK.<stream>.<consumer>.<attempt>.<sequence>.<consumer sequence>.<time>.<pending>`; servers
/// of a domain add two words after `ACK` and one at the end.
///
/// @param token the subject
/// @param attempt number of the attempt, from 1
/// @param sequence number of the message in its stream
record NatsDelivery(String token, int attempt, long sequence) {

  private static final String PREFIX = "$JS.ACK.";
  private static final int SHORT = 9;
  private static final int ADDED = 2;
  private static final int ATTEMPT = 4;
  private static final int SEQUENCE = 5;

  static NatsDelivery of(String token) {
    var words = token.split("\\.", -1);
    int added = words.length > SHORT ? ADDED : 0;
    try {
      if (token.startsWith(PREFIX) && words.length >= SHORT) {
        return new NatsDelivery(
            token,
            Integer.parseInt(words[ATTEMPT + added]),
            Long.parseLong(words[SEQUENCE + added]));
      }
    } catch (NumberFormatException e) {
      throw invalid(token, e);
    }
    throw invalid(token, null);
  }

  private static IllegalArgumentException invalid(String token, @Nullable Exception cause) {
    return new IllegalArgumentException("'%s' is no token of a delivery".formatted(token), cause);
  }
}
