package dev.myelin.pubsub.broker;

import java.time.Duration;

/// How long messages are kept, delivered or not. The oldest go first, a file at a time.
///
/// @param age messages older than this go
/// @param size bytes of all files together above which the oldest goes
/// @param segment bytes of a file
public record Retention(Duration age, long size, long segment) {

  private static final long LEAST_SEGMENT = 64 * 1024;
  private static final long MOST_SEGMENT = 16L * 1024 * 1024;
  private static final int SEGMENTS = 8;

  /// One whose files are a part of the whole.
  ///
  /// @param age messages older than this go
  /// @param size bytes of all files together above which the oldest goes
  public Retention(Duration age, long size) {
    this(age, size, Math.clamp(size / SEGMENTS, LEAST_SEGMENT, MOST_SEGMENT));
  }
}
