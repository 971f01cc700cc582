package dev.myelin.transport;

import java.time.Duration;

/// Limits of a transport.
///
/// @param maxFrame longest frame taken or sent, in bytes
/// @param maxQueued bytes that may wait for one slow peer before sending to it is refused
/// @param eventLoops threads that read and write
/// @param keepAlive silence after which a peer is pinged, and after a second one given up
public record TransportSettings(int maxFrame, long maxQueued, int eventLoops, Duration keepAlive) {

  /// Checks the limits.
  public TransportSettings {
    if (maxFrame < 1024 || maxQueued < maxFrame || eventLoops < 1 || !keepAlive.isPositive()) {
      throw new IllegalArgumentException(
          "Transport limits must be: maxFrame >= 1024 (%d), maxQueued >= maxFrame (%d), eventLoops >= 1 (%d), keepAlive > 0 (%s)"
              .formatted(maxFrame, maxQueued, eventLoops, keepAlive));
    }
  }

  /// Settings fit for most: 16 MiB frames, 64 MiB queued, 5 s of silence.
  public static TransportSettings defaults() {
    int loops = Math.max(1, Runtime.getRuntime().availableProcessors() / 2);
    return new TransportSettings(16 << 20, 64L << 20, loops, Duration.ofSeconds(5));
  }
}
