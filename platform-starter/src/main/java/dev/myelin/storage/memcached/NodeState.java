package dev.myelin.storage.memcached;

import dev.myelin.wire.Endpoint;

/// How a node is.
///
/// @param node where it listens
/// @param available whether it is asked just now
public record NodeState(Endpoint node, boolean available) {}
