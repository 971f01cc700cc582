/// Membership with thousands of clients: how fast a change reaches them, what it costs on the wire,
/// and what becomes of them when pubsubs die. Open `MembershipTrials` first.
@NullMarked
package dev.myelin.benchmarks.membership;

import org.jspecify.annotations.NullMarked;
