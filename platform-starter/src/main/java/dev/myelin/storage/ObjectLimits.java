package dev.myelin.storage;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// What every adapter of [ObjectStore] refuses, so that an application that runs on one runs on the
/// others.
///
/// @param maxStateSize bytes that a state may have
public record ObjectLimits(long maxStateSize) {

  /// What applies where nobody says otherwise: a mebibyte.
  public static final ObjectLimits DEFAULT = new ObjectLimits(1 << 20);

  private static final Duration SHORTEST = Duration.ofSeconds(1);

  /// Cassandra knows no date after January 2038 unless it is told to.
  private static final Duration LONGEST = Duration.ofDays(10 * 365);

  private static final int LARGEST_PAGE = 1_000;

  /// Checks the size.
  ///
  /// @throws IllegalArgumentException if it is not greater than 0
  public ObjectLimits {
    if (maxStateSize <= 0) {
      throw new IllegalArgumentException(
          "A state may have %d bytes: expected more than 0".formatted(maxStateSize));
    }
  }

  /// Checks what is to be written.
  ///
  /// @param key of which object
  /// @param state what its state is to be
  /// @param timeToLive how long it is to be kept; null for ever
  /// @throws IllegalArgumentException if it is too large, too short or too long
  public void requireWritable(ObjectKey key, byte[] state, @Nullable Duration timeToLive) {
    if (state.length > maxStateSize) {
      throw new IllegalArgumentException(
          "The state of object '%s' has %d bytes: expected at most %d (myelin.objects.max-state-size)"
              .formatted(key, state.length, maxStateSize));
    }
    if (timeToLive != null
        && (timeToLive.compareTo(SHORTEST) < 0 || timeToLive.compareTo(LONGEST) > 0)) {
      throw new IllegalArgumentException(
          "Object '%s' is to be kept for %s: expected %s to %s, or null for ever"
              .formatted(key, timeToLive, SHORTEST, LONGEST));
    }
  }

  /// Checks which page is asked for.
  ///
  /// @param type type of the objects
  /// @param limit how many at most
  /// @throws IllegalArgumentException if it is no type, or not 1 to 1,000 objects
  public static void requirePage(String type, int limit) {
    ObjectKey.requireType(type);
    if (limit < 1 || limit > LARGEST_PAGE) {
      throw new IllegalArgumentException(
          "A page of %d objects of type '%s': expected 1 to %d"
              .formatted(limit, type, LARGEST_PAGE));
    }
  }
}
