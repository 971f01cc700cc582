/// Brokers of application topics that outlive a process.
///
/// [FolderTopicStore] keeps messages and positions in a folder, for the queues of the starter's
/// `topic.broker`: the broker `embedded`. [NatsBroker] leaves them to NATS JetStream. Messages go
/// in, deliveries come out, whoever is killed in between. Open [FolderTopicStore] first.
@NullMarked
package dev.myelin.pubsub.broker;

import org.jspecify.annotations.NullMarked;
