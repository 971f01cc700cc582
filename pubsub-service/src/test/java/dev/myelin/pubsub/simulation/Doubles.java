package dev.myelin.pubsub.simulation;

import dev.myelin.pubsub.cluster.Peers;
import dev.myelin.pubsub.cluster.Writership;
import dev.myelin.pubsub.membership.MemberStore;
import dev.myelin.wire.PubSub;
import java.util.function.LongSupplier;
import java.util.function.UnaryOperator;

/// What a simulated pubsub works with, any part of which a test may replace by one that has a
/// defect.
///
/// @param writership of a process
/// @param store of a process
/// @param leaseEpoch of a process
/// @param peers of a process
/// @param seenByClients a pubsub as clients reach it
/// @param seenByPeers a pubsub as other pubsubs reach it
record Doubles(
    UnaryOperator<Writership> writership,
    UnaryOperator<MemberStore> store,
    UnaryOperator<LongSupplier> leaseEpoch,
    UnaryOperator<Peers> peers,
    UnaryOperator<PubSub> seenByClients,
    UnaryOperator<PubSub> seenByPeers) {

  /// No defect.
  static Doubles none() {
    return new Doubles(
        UnaryOperator.identity(),
        UnaryOperator.identity(),
        UnaryOperator.identity(),
        UnaryOperator.identity(),
        UnaryOperator.identity(),
        UnaryOperator.identity());
  }

  Doubles withWritership(UnaryOperator<Writership> other) {
    return new Doubles(other, store, leaseEpoch, peers, seenByClients, seenByPeers);
  }

  Doubles withStore(UnaryOperator<MemberStore> other) {
    return new Doubles(writership, other, leaseEpoch, peers, seenByClients, seenByPeers);
  }

  Doubles withLeaseEpoch(UnaryOperator<LongSupplier> other) {
    return new Doubles(writership, store, other, peers, seenByClients, seenByPeers);
  }

  Doubles withPeers(UnaryOperator<Peers> other) {
    return new Doubles(writership, store, leaseEpoch, other, seenByClients, seenByPeers);
  }

  Doubles withSeenByClients(UnaryOperator<PubSub> other) {
    return new Doubles(writership, store, leaseEpoch, peers, other, seenByPeers);
  }

  Doubles withSeenByPeers(UnaryOperator<PubSub> other) {
    return new Doubles(writership, store, leaseEpoch, peers, seenByClients, other);
  }
}
