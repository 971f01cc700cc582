package dev.myelin.pubsub.simulation;

import static dev.myelin.membership.Members.instance;

import dev.myelin.CallException;
import dev.myelin.pubsub.cluster.Acknowledgements;
import dev.myelin.wire.Announcement;
import dev.myelin.wire.Announcement.Change;
import dev.myelin.wire.InstanceId;
import dev.myelin.wire.PubSub;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.function.Consumer;

/// One run: instances come and go, pubsubs are killed, stopped and started, orchestrators follow
/// one another, and questions are asked, all in an order that the seed gives.
final class ClusterRun {

  private static final List<String> SERVICES = List.of("a", "b", "c");
  private static final int STEPS = 600;
  private static final int PUBSUBS = 3;
  private static final int CLIENTS = 6;
  private static final int SETTLING = 20;

  private final SimulatedCluster cluster;
  private final Random random;
  private final boolean usurped;
  private final Set<InstanceId> registered = new HashSet<>();
  private long acknowledged;
  private long refusals;

  /// @param seed makes the run
  /// @param doubles what the pubsubs work with
  /// @param usurped whether orchestrators that lost their lease act all the time
  ClusterRun(long seed, Doubles doubles, boolean usurped) {
    this.usurped = usurped;
    this.cluster = new SimulatedCluster(seed, doubles);
    this.random = cluster.random();
  }

  /// What a run came to.
  ///
  /// @param violations what must not be
  /// @param acknowledged versions that all had acknowledged when asked
  /// @param refusals actions of an old epoch that were refused
  record Result(List<String> violations, long acknowledged, long refusals) {}

  Result run() {
    for (int i = 0; i < PUBSUBS; i++) {
      cluster.startPubSub();
    }
    for (int i = 0; i < CLIENTS; i++) {
      cluster.startClient(SERVICES.get(i % SERVICES.size()));
    }
    for (int step = 0; step < STEPS && cluster.violations().isEmpty(); step++) {
      step();
      cluster.clock().advance(Duration.ofMillis(random.nextInt(300)));
      for (int i = 0; usurped && i < 10; i++) {
        actWithAnOldEpoch();
      }
      askAcknowledgement();
    }
    settle();
    cluster.clock().failures().forEach(failure -> cluster.violation(failure.toString()));
    return new Result(List.copyOf(cluster.violations()), acknowledged, refusals);
  }

  private void step() {
    switch (random.nextInt(60)) {
      case 0 -> cluster.writer().ifPresent(this::kill);
      case 1 -> kill(any(cluster.living()));
      case 2 -> stop();
      case 3 -> cluster.nextEpoch();
      case 4 -> cluster.forgetDead();
      case 5, 6, 7 -> actWithAnOldEpoch();
      case 8 -> registerClients();
      default -> change();
    }
  }

  private <T> T any(List<T> list) {
    return list.get(random.nextInt(list.size()));
  }

  private void kill(SimulatedPubSub pubsub) {
    pubsub.kill();
    cluster.clock().schedule(Duration.ofMillis(random.nextInt(6_000)), cluster::startPubSub);
    if (cluster.living().isEmpty()) {
      cluster.clock().advance(Duration.ofSeconds(6));
    }
  }

  private void stop() {
    var stopped = any(cluster.living());
    stopped.stop(true);
    cluster.clock().schedule(Duration.ofMillis(random.nextInt(8_000)), () -> stopped.stop(false));
  }

  private void call(Consumer<PubSub> call) {
    var answering = cluster.answering();
    if (!answering.isEmpty()) {
      try {
        call.accept(any(answering));
      } catch (CallException _) {
        // Nobody writes just now: whoever asked would ask again
      }
    }
  }

  private void registerClients() {
    var client = any(cluster.clients()).self();
    call(pubsub -> {
      pubsub.register(client);
      registered.add(client.id());
    });
  }

  private void change() {
    var name = "i-" + random.nextInt(20);
    var id = new InstanceId(name);
    long epoch = cluster.leaseEpoch();
    switch (random.nextInt(6)) {
      case 0, 1, 2 ->
          call(pubsub -> {
            pubsub.register(instance(name, any(SERVICES)));
            registered.add(id);
          });
      case 3 -> call(pubsub -> pubsub.announce(announcement(id, epoch)));
      case 4 -> call(pubsub -> pubsub.name(id, any(SERVICES), epoch));
      default ->
          call(pubsub -> {
            registered.remove(id);
            pubsub.deregister(id, "left");
          });
    }
  }

  private Announcement announcement(InstanceId id, long epoch) {
    return new Announcement(id, any(List.of(Change.values())), "test", epoch);
  }

  private void actWithAnOldEpoch() {
    long old = cluster.leaseEpoch() - 1;
    var id = new InstanceId("i-" + random.nextInt(20));
    if (old < 1) {
      return;
    }
    call(pubsub -> {
      try {
        if (random.nextBoolean()) {
          pubsub.announce(new Announcement(id, Change.DRAIN, "old", old));
        } else {
          pubsub.name(id, any(SERVICES), old);
        }
        cluster.violation("epoch " + old + " was obeyed in epoch " + cluster.leaseEpoch());
      } catch (IllegalArgumentException _) {
        refusals++;
      }
    });
  }

  private void askAcknowledgement() {
    long version = cluster.truth().version();
    call(pubsub -> {
      if (version > 0 && pubsub.acknowledgement(version).complete()) {
        acknowledged++;
        cluster.clients().forEach(client -> mustHaveApplied(client, version));
      }
    });
  }

  private void mustHaveApplied(SimulatedClient client, long version) {
    long silent = cluster.clock().nanoTime() - client.lastContact();
    // Its lease on what it knows has lapsed, or it has nothing that it could act on
    if (client.applied() == 0
        || !registered.contains(client.self().id())
        || silent > Acknowledgements.LEASE.minusSeconds(3).toNanos()) {
      return;
    }
    if (client.applied() < version
        && cluster.truth().changed(client.applied(), version, client.service())) {
      cluster.violation(
          "version %d counts as acknowledged, but %s has %d"
              .formatted(version, client.self().id(), client.applied()));
    }
  }

  private void settle() {
    if (!cluster.violations().isEmpty()) {
      return;
    }
    cluster.clock().advance(Duration.ofSeconds(60));
    long version = cluster.truth().version();
    for (var client : cluster.clients()) {
      if (!client.members().equals(cluster.truth().members(version, client.service()))) {
        cluster.violation(client.self().id() + " does not converge");
      }
    }
    if (!cluster.truth().ids().containsAll(registered)) {
      cluster.violation("instances are lost: " + registered + " of " + cluster.truth().ids());
    }
    var pending = pending(version);
    // One that tries a pubsub again which it has shunned, and finds it dead, is connected nowhere
    // for
    // a moment
    for (int i = 0; i < SETTLING && !pending.isEmpty(); i++) {
      cluster.clock().advance(Duration.ofSeconds(1));
      pending = pending(version);
    }
    if (!pending.isEmpty()) {
      cluster.violation("version " + version + " is never acknowledged by " + pending);
    }
  }

  private Set<InstanceId> pending(long version) {
    return any(cluster.answering()).acknowledgement(version).pending();
  }
}
