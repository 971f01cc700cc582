package dev.myelin.topic.broker;

import dev.myelin.Deadline;
import dev.myelin.wire.Settlement;
import dev.myelin.wire.TopicDelivery;
import dev.myelin.wire.TopicMessage;
import dev.myelin.wire.TopicSubscription;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Keeps what is published and hands it to groups.
///
/// - What [#publish] has accepted is delivered to each group of its topic at least once, until the
///   group has settled it or the broker's retention has passed.
/// - First deliveries are in the order in which messages were accepted.
/// - A message is with one member of a group at a time, until its lease lapses.
/// - A group begins with what is published after its first cursor was opened.
///
/// Thread-safe. Every method fails with a [dev.myelin.CallException] where the broker is away.
public interface Broker extends AutoCloseable {

  /// Accepts a message; without effect where its topic accepted one of the same id within the last
  /// two minutes.
  ///
  /// @param message the message
  /// @param deadline until when it may wait
  void publish(TopicMessage message, Deadline deadline);

  /// Opens a member's way into its group, which exists from then on. Ends an earlier one of the
  /// same subscriber.
  ///
  /// @param subscription what is wanted
  Cursor open(TopicSubscription subscription);

  /// Notes what became of a delivery. An acknowledgement counts even if the lease has lapsed; every
  /// other outcome is ignored then.
  ///
  /// @param settlement what became of it
  void settle(Settlement settlement);

  /// Begins the leases of deliveries anew; without effect on those that have lapsed.
  ///
  /// @param topic name of the topic
  /// @param group name of the group
  /// @param tokens tokens of the deliveries
  void extend(String topic, String group, List<String> tokens);

  @Override
  void close();

  /// A member's place in its group. One thread takes; any thread may close.
  interface Cursor extends AutoCloseable {

    /// The next delivery, leased to this member; null if there is none within the limit, or if the
    /// cursor was closed.
    ///
    /// @param limit how long to wait at most
    @Nullable TopicDelivery take(Duration limit);

    /// Whether nothing more comes.
    boolean closed();

    /// Ends it. What its member has not settled or extended goes to others soon after.
    @Override
    void close();
  }
}
