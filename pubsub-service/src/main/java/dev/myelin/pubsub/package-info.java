/// Pushes the membership of a cluster to every process that calls services, and carries the events
/// of its application.
///
/// Registrations and announcements come in, as calls of [dev.myelin.wire.PubSub]; `cluster` decides
/// which of several pubsubs writes them, `membership` keeps them in one versioned log, and
/// `delivery` sends each subscriber what it asked for. Events come in as calls of
/// [dev.myelin.wire.Topics]; `topic` leads them to the process that has the `broker`. Open
/// [PubSubConfiguration] first.
@NullMarked
package dev.myelin.pubsub;

import org.jspecify.annotations.NullMarked;
