package dev.myelin.stethoscope.vitals;

import java.time.Duration;

/// When silence is judged how.
///
/// @param suspectAfter silence after which an instance is quarantined
/// @param flagAfter time in quarantine after which it is flagged
/// @param askEvery time from one question to the next
public record Thresholds(Duration suspectAfter, Duration flagAfter, Duration askEvery) {}
