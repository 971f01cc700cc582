package dev.myelin.orchestrator.rollout;

import dev.myelin.wire.ApplicationDescription;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// What somebody wants, left in the folder for the orchestrator that acts.
///
/// @param jar the new version's jar, a copy of its own; null to undo what is under way
/// @param description what that jar says of itself; null to undo
/// @param reason why, for people
/// @param at when it was asked for
record RolloutRequest(
    @Nullable String jar,
    @Nullable ApplicationDescription description,
    String reason,
    Instant at) {}
