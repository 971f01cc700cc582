package dev.myelin.membership;

import java.time.Instant;

/// The wish that everything of a cluster ends, as it is stored: whoever acts carries it out and
/// deletes it.
///
/// @param by who asks, for people
/// @param at when
public record StopRequest(String by, Instant at) {}
