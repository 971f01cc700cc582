package dev.myelin.wire;

/// One attempt to hand a message to a member of a group.
///
/// @param token names this attempt to the broker
/// @param attempt number of the attempt, from 1
/// @param message what is delivered
public record TopicDelivery(String token, int attempt, TopicMessage message) {}
