package dev.myelin.pubsub.simulation;

import dev.myelin.membership.VirtualScheduler;
import dev.myelin.pubsub.cluster.Peers;
import dev.myelin.pubsub.membership.InMemoryMemberStore;
import dev.myelin.pubsub.membership.MemberStore;
import dev.myelin.wire.InstanceId;
import dev.myelin.wire.PubSub;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/// Pubsubs, clients and the folder they share, on one clock. Nothing in it is random but by its
/// seed, so that a run can be repeated.
final class SimulatedCluster {

  private final VirtualScheduler clock = new VirtualScheduler();
  private final Random random;
  private final Doubles doubles;
  private final SimulatedLock lock = new SimulatedLock();
  private final MemberStore store = new InMemoryMemberStore();
  private final List<String> violations = new ArrayList<>();
  private final Truth truth = new Truth(violations);
  private final List<SimulatedPubSub> pubsubs = new ArrayList<>();
  private final List<SimulatedClient> clients = new ArrayList<>();
  private long leaseEpoch = 1;
  private int started;

  SimulatedCluster(long seed, Doubles doubles) {
    this.random = new Random(seed);
    this.doubles = doubles;
  }

  VirtualScheduler clock() {
    return clock;
  }

  Random random() {
    return random;
  }

  SimulatedLock lock() {
    return lock;
  }

  MemberStore store() {
    return store;
  }

  Truth truth() {
    return truth;
  }

  long leaseEpoch() {
    return leaseEpoch;
  }

  void nextEpoch() {
    leaseEpoch++;
  }

  void violation(String what) {
    violations.add(what);
  }

  List<String> violations() {
    return violations;
  }

  void startPubSub() {
    pubsubs.add(new SimulatedPubSub(new InstanceId("core-" + ++started), this, doubles));
  }

  void startClient(String service) {
    clients.add(
        new SimulatedClient("client-" + clients.size() + "-" + service, service, this, doubles));
  }

  /// Those that the folder lists: one that was killed is listed until somebody removes it.
  List<SimulatedPubSub> listed() {
    return List.copyOf(pubsubs);
  }

  List<SimulatedPubSub> living() {
    return pubsubs.stream().filter(SimulatedPubSub::alive).toList();
  }

  List<SimulatedPubSub> answering() {
    return pubsubs.stream().filter(SimulatedPubSub::answering).toList();
  }

  Optional<SimulatedPubSub> writer() {
    return pubsubs.stream().filter(SimulatedPubSub::writing).findFirst();
  }

  void forgetDead() {
    pubsubs.removeIf(pubsub -> !pubsub.alive());
  }

  List<SimulatedClient> clients() {
    return clients;
  }

  List<Peers.Peer> peersOf(InstanceId self) {
    return pubsubs.stream()
        .filter(pubsub -> !pubsub.id().equals(self))
        .map(pubsub ->
            new Peers.Peer(
                pubsub.id(), !pubsub.alive(), () -> doubles.seenByPeers().apply((PubSub) pubsub)))
        .toList();
  }
}
