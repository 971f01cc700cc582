package dev.myelin.transport;

import java.time.Duration;

/// Limits of a transport.
///
/// @param maxFrame longest frame taken or sent, in bytes
/// @param maxQueued bytes that may wait for one slow peer before sending to it is refused
/// @param eventLoops threads that read and write
/// @param keepAlive silence after which a peer is pinged, and after a second one given up; time in
///   which it has to say hello
/// @param maxConnections connections of others that are taken at a time
/// @param maxUnfinished bytes of frames that have not come whole, of all connections together,
///   above which the slowest is closed
public record TransportSettings(
    int maxFrame,
    long maxQueued,
    int eventLoops,
    Duration keepAlive,
    int maxConnections,
    long maxUnfinished) {

  private static final int DEFAULT_CONNECTIONS = 10_000;
  private static final int LEAST_UNFINISHED_FRAMES = 4;

  /// Checks the limits.
  public TransportSettings {
    if (maxFrame < 1024 || maxQueued < maxFrame || eventLoops < 1 || !keepAlive.isPositive()) {
      throw new IllegalArgumentException(
          "Transport limits must be: maxFrame >= 1024 (%d), maxQueued >= maxFrame (%d), eventLoops >= 1 (%d), keepAlive > 0 (%s)"
              .formatted(maxFrame, maxQueued, eventLoops, keepAlive));
    }
    if (maxConnections < 1 || maxUnfinished < 2L * maxFrame) {
      throw new IllegalArgumentException(
          "Transport limits must be: maxConnections >= 1 (%d), maxUnfinished >= 2 * maxFrame (%d)"
              .formatted(maxConnections, maxUnfinished));
    }
  }

  /// Settings with 10,000 connections, and a quarter of the process's memory, or room for four
  /// frames if that is more, for unfinished frames.
  ///
  /// @param maxFrame longest frame taken or sent, in bytes
  /// @param maxQueued bytes that may wait for one slow peer before sending to it is refused
  /// @param eventLoops threads that read and write
  /// @param keepAlive silence after which a peer is pinged, and after a second one given up
  public TransportSettings(int maxFrame, long maxQueued, int eventLoops, Duration keepAlive) {
    this(maxFrame, maxQueued, eventLoops, keepAlive, DEFAULT_CONNECTIONS, unfinished(maxFrame));
  }

  private static long unfinished(int maxFrame) {
    return Math.max(
        (long) LEAST_UNFINISHED_FRAMES * maxFrame, Runtime.getRuntime().maxMemory() / 4);
  }

  /// The same with another number of connections.
  ///
  /// @param connections connections of others that are taken at a time
  public TransportSettings withMaxConnections(int connections) {
    return new TransportSettings(
        maxFrame, maxQueued, eventLoops, keepAlive, connections, maxUnfinished);
  }

  /// Settings fit for most: 16 MiB frames, 64 MiB queued, 5 s of silence.
  public static TransportSettings defaults() {
    int loops = Math.max(1, Runtime.getRuntime().availableProcessors() / 2);
    return new TransportSettings(16 << 20, 64L << 20, loops, Duration.ofSeconds(5));
  }
}
