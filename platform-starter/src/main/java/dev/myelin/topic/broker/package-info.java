/// Brokers of application topics, and the queues that some of them are made of.
///
/// A message enters by `publish`; it leaves through the cursors of groups until each has settled
/// it. [Broker] is the port, [BrokerTopics] offers any broker to other processes. [QueueBroker] is
/// the broker whose queues live in one process, over a [TopicStore] that may outlive it. Open
/// [Broker] first.
@NullMarked
package dev.myelin.topic.broker;

import org.jspecify.annotations.NullMarked;
