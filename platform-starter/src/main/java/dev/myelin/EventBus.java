package dev.myelin;

/// Publishes events on topics, to whoever has a [Subscribe] method for them.
///
/// ```java
/// bus.publish("orders.placed", new OrderPlaced(id, lines));
/// ```
///
/// - A publication that was accepted is handed to every group of subscribers at least once, also
///   where publisher, subscribers and the broker are killed and started again; what the broker
///   itself survives depends on where it keeps its publications.
/// - The event travels as JSON, written by the application's mapper when it is published. Each
///   subscriber reads its own copy, in one process too.
/// - The texts of the publisher's [CallContext] go along and are in force while it is handled.
/// - An id tells a publication from all others. Publishing again with the same id within two
///   minutes adds nothing.
///
/// Thread-safe; blocks until the broker has answered.
public interface EventBus {

  /// Publishes an event under a new id, and returns when the broker has accepted it.
  ///
  /// Waits while the broker is away, until the deadline of the call that the current thread serves
  /// or for `myelin.topics.publish-timeout`, whichever is shorter.
  ///
  /// @param topic name of the topic: words of letters, digits, hyphens and underscores, separated
  ///   by dots
  /// @param event any value that the application's JSON mapper writes
  /// @return what was accepted
  /// @throws IllegalArgumentException if the topic has no valid name
  /// @throws CallException if the event cannot be carried, or if the broker did not accept it in
  ///   time; the latter may have been accepted, and publishing it again under the same id is safe
  Publication publish(String topic, Object event);

  /// Publishes an event under an id of the caller's, so that it can be published again without harm
  /// when the caller does not know what became of the first time.
  ///
  /// @param topic name of the topic
  /// @param event any value that the application's JSON mapper writes
  /// @param id identifies the publication within its topic; printable ASCII without spaces, at most
  ///   256 characters
  /// @return what was accepted
  /// @throws IllegalArgumentException if topic or id is not valid
  /// @throws CallException as for [#publish(String, Object)]
  Publication publish(String topic, Object event, String id);
}
