package dev.myelin;

import java.time.Instant;

/// An event that a topic has accepted.
///
/// @param id identifies it among all publications of its topic
/// @param topic name of the topic
/// @param time when it was published, by the publisher's clock
public record Publication(String id, String topic, Instant time) {}
