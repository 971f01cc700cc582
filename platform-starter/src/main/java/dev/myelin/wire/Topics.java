package dev.myelin.wire;

import dev.myelin.Microservice;
import dev.myelin.Operation;
import java.util.List;
import java.util.concurrent.Flow;

/// Carries events from those who publish to those who subscribe.
@Microservice(name = ServiceNames.TOPICS, concurrency = 16_384)
public interface Topics {

  /// Accepts a message; returns when it is stored. One whose id its topic accepted within the last
  /// two minutes is not stored again.
  ///
  /// @param message the message
  @Operation(idempotent = true, timeout = "10s")
  void publish(TopicMessage message);

  /// Streams a group's deliveries to one of its members, as many as it asks for, until the member
  /// cancels or the connection ends. Deliveries that it has not settled by then go to other members
  /// soon after, unless it extends them.
  ///
  /// A second subscription of the same subscriber in a group ends its first.
  ///
  /// @param subscription what is wanted
  Flow.Publisher<TopicDelivery> subscribe(TopicSubscription subscription);

  /// Says what became of a delivery. Without effect where another one has settled it.
  ///
  /// @param settlement what became of it
  @Operation(idempotent = true, timeout = "5s")
  void settle(Settlement settlement);

  /// Says that the subscriber still works on deliveries, so that they are not handed to another one
  /// before the group's timeout has passed from now on.
  ///
  /// @param topic name of the topic
  /// @param group name of the group
  /// @param tokens tokens of the deliveries
  @Operation(idempotent = true, timeout = "5s")
  void extend(String topic, String group, List<String> tokens);
}
