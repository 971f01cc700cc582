package dev.myelin.membership;

/// The right to act on a cluster, as it is stored.
///
/// A reader tells a living cluster by the renewal changing while it watches, by its own interval
/// clock: clocks of two processes need not agree.
///
/// @param holder who holds it: the id of an orchestrator's process
/// @param epoch grows each time the holder changes; an action with an older epoch is refused
/// @param renewal grows with every renewal
public record ClusterLease(String holder, long epoch, long renewal) {}
