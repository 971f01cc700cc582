package dev.myelin.orchestrator.scale;

/// Instances of one service.
///
/// @param desired how many there should be
/// @param serving how many take calls
/// @param changedAt the ticker's reading when the desired number last changed
public record Counts(int desired, int serving, long changedAt) {}
