package dev.myelin.benchmarks.load;

import org.jspecify.annotations.Nullable;

/// What a number of callers did in a closed loop.
///
/// @param callers how many there were
/// @param calls how many calls were made and found right
/// @param callsPerSecond the same, by the time it took
/// @param latency how long a call took, measured where there was one caller
public record Phase(int callers, long calls, double callsPerSecond, @Nullable Latency latency) {}
