package dev.myelin.object;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// Limits of how objects are run.
///
/// @param maxAttempts how often an operation runs at most because others were faster
/// @param turnLease how long an exclusive turn is respected while it is not renewed
/// @param timeToLive how long after its last write an object is forgotten; null for never
public record ObjectSettings(int maxAttempts, Duration turnLease, @Nullable Duration timeToLive) {}
