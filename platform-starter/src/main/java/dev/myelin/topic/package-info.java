/// Events of the application: published through a bus, handed to annotated methods.
///
/// An event enters [TopicEventBus] and leaves as a message for [dev.myelin.wire.Topics]; deliveries
/// come back as streams, one for each [SubscriberMethod], through its [Subscriber], which calls the
/// method and says what became of it. Where the messages wait in between is the business of
/// `broker`. Open [Subscriber] first.
@NullMarked
package dev.myelin.topic;

import org.jspecify.annotations.NullMarked;
