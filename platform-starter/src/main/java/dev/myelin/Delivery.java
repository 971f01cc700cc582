package dev.myelin;

import java.util.Map;

/// One attempt to hand a publication to a subscriber; a [Subscribe] method may ask for it as its
/// second parameter.
///
/// Delivery is at least once: a subscriber that must not do its work twice remembers the
/// publication's id.
///
/// @param publication what is delivered
/// @param group name of the group on whose behalf it is delivered
/// @param attempt number of the attempt, 1 for the first; a lower bound where the broker was
///   started again
/// @param headers what travels with the event; of a dead letter, why it is one
public record Delivery(
    Publication publication, String group, int attempt, Map<String, String> headers) {

  /// Header with the texts of the publisher's [CallContext], written as a form is
  /// (`tenant=acme&season=winter`, in UTF-8); they are in force while the event is handled.
  public static final String CONTEXT = "myelin-context";

  /// Header of a dead letter: the topic on which it was published first.
  public static final String DEAD_TOPIC = "myelin-dead-topic";

  /// Header of a dead letter: the group that could not handle it.
  public static final String DEAD_GROUP = "myelin-dead-group";

  /// Header of a dead letter: how often it was tried.
  public static final String DEAD_ATTEMPTS = "myelin-dead-attempts";

  /// Header of a dead letter: what became of the last attempt.
  public static final String DEAD_REASON = "myelin-dead-reason";

  /// Copies the headers.
  public Delivery {
    headers = Map.copyOf(headers);
  }

  /// Whether it was tried before.
  public boolean redelivered() {
    return attempt > 1;
  }
}
