package dev.myelin.storage.cached;

import java.time.Duration;

/// How long what is kept.
///
/// @param timeToLive how long a state is kept, and so how old one can be at worst
/// @param absent how long it is kept that there is no object
/// @param marker how long others keep off the cache while a write is under way: longer than a write
///   may take
/// @param loading how long a caller waits for another one that loads the same object
public record CacheSettings(
    Duration timeToLive, Duration absent, Duration marker, Duration loading) {

  private static final Duration SHORTEST = Duration.ofSeconds(1);

  /// Checks the times.
  ///
  /// @throws IllegalArgumentException if one is shorter than a cache can keep anything
  public CacheSettings {
    require("a state", timeToLive);
    require("absence", absent);
    require("a marker", marker);
  }

  private static void require(String what, Duration time) {
    if (time.compareTo(SHORTEST) < 0) {
      throw new IllegalArgumentException(
          "A cache keeps %s for %s: expected %s or more".formatted(what, time, SHORTEST));
    }
  }
}
