package dev.myelin.topic;

import java.time.Duration;

/// Limits of a process that publishes and subscribes.
///
/// @param publishTimeout how long a publisher waits for the broker
/// @param ackTimeout time after which the broker hands a delivery to another subscriber of which it
///   hears nothing
/// @param window deliveries that a subscriber holds at a time, being handled or about to be
/// @param redelivery how often and when a failed delivery is repeated
/// @param stopTimeout how long deliveries may run on when the process stops
public record TopicSettings(
    Duration publishTimeout,
    Duration ackTimeout,
    int window,
    Redelivery redelivery,
    Duration stopTimeout) {}
