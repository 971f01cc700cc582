package dev.myelin.faults;

import java.time.Duration;

/// What a proxy does to the bytes of one direction.
///
/// @param delay time that each byte takes to pass
/// @param jitter up to this much more, at random; the order of the bytes stays
/// @param bytesPerSecond most bytes that pass a connection in a second; 0 = no limit
/// @param slice longest piece that is passed on at once, in bytes; 0 = as it comes
/// @param blackhole whether nothing passes, neither bytes nor ends of connections; what was held
///   back passes when this is over, as with a network that repeats what it has lost
public record Faults(
    Duration delay, Duration jitter, long bytesPerSecond, int slice, boolean blackhole) {

  /// Everything passes at once.
  public static final Faults NONE = new Faults(Duration.ZERO, Duration.ZERO, 0, 0, false);

  /// Checks the limits.
  public Faults {
    if (delay.isNegative() || jitter.isNegative() || bytesPerSecond < 0 || slice < 0) {
      throw new IllegalArgumentException(
          "delay (%s), jitter (%s), bytes a second (%d) and slice (%d) must not be negative"
              .formatted(delay, jitter, bytesPerSecond, slice));
    }
  }

  /// These, with a delay.
  public Faults withDelay(Duration time, Duration atRandom) {
    return new Faults(time, atRandom, bytesPerSecond, slice, blackhole);
  }

  /// These, with a limit on the bytes that pass in a second.
  public Faults withRate(long bytes) {
    return new Faults(delay, jitter, bytes, slice, blackhole);
  }

  /// These, with everything cut into pieces.
  public Faults withSlice(int bytes) {
    return new Faults(delay, jitter, bytesPerSecond, bytes, blackhole);
  }

  /// These, with or without a black hole.
  public Faults withBlackhole(boolean on) {
    return new Faults(delay, jitter, bytesPerSecond, slice, on);
  }
}
