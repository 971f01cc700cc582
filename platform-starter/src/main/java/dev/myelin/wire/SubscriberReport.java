package dev.myelin.wire;

import java.util.Set;

/// What one pubsub knows of its subscribers, for the one that was asked about all of them.
///
/// @param pending subscribers that are connected there, want what changed and have not acknowledged
///   it
/// @param absent subscribers that were connected there until a short while ago
public record SubscriberReport(Set<InstanceId> pending, Set<InstanceId> absent) {

  /// Copies the ids.
  public SubscriberReport {
    pending = Set.copyOf(pending);
    absent = Set.copyOf(absent);
  }
}
