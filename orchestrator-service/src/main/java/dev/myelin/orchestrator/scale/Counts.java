package dev.myelin.orchestrator.scale;

import java.time.Duration;

/// Instances of one service.
///
/// @param desired how many there should be
/// @param serving how many take calls
/// @param unchanged time since a decision last changed the desired number
public record Counts(int desired, int serving, Duration unchanged) {}
