package dev.myelin.orchestrator.scale;

import java.time.Instant;

/// A change of a service's desired number of instances.
///
/// @param at when it was decided
/// @param service which service
/// @param from how many it had been
/// @param to how many it is to be
/// @param reason why
public record ScalingRecord(Instant at, String service, int from, int to, String reason) {}
