package dev.myelin.storage.cache;

import dev.myelin.storage.EphemeralStore;
import java.time.Duration;

/// How one cache behaves.
///
/// @param timeToLive how long a value is kept at most
/// @param nulls whether null is a value
/// @param loading how long a loader keeps others from loading the same key, and how long those wait
public record CacheSettings(Duration timeToLive, boolean nulls, Duration loading) {

  /// Checks the times.
  public CacheSettings {
    EphemeralStore.requireTimeToLive(timeToLive);
    EphemeralStore.requireTimeToLive(loading);
  }
}
