package dev.myelin.storage.memcached;

import dev.myelin.wire.Endpoint;
import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Follows which nodes there are and how each is. One thread of its own changes the [View]; whoever
/// reads it never blocks.
final class Cluster implements AutoCloseable {

  /// How often a node that is not well is asked again.
  private static final Duration PROBE_INTERVAL = Duration.ofMillis(200);

  private static final Logger log = LoggerFactory.getLogger(Cluster.class);

  private final MemcachedSettings settings;
  private final NodeSource source;
  private final Clock clock;
  private final Warmer warmer;
  private final ScheduledExecutorService executor =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("myelin-memcached").factory());
  private volatile View view;

  /// Creates one, and waits for its nodes to be reached once, or found not to be, a few timeouts at
  /// most.
  Cluster(MemcachedSettings settings, NodeSource source, Clock clock) {
    this.settings = settings;
    this.source = source;
    this.clock = clock;
    this.warmer = new Warmer(settings, new NodeValues(settings.sizes(), clock));
    this.view =
        new View(RingHistory.beginning(new Ring(List.of())), Map.of(), settings.replicas(), false);
  }

  void start() {
    follow();
    var nodes = view.nodes().values();
    var first = new CountDownLatch(nodes.size());
    for (var node : nodes) {
      Thread.startVirtualThread(() -> {
        probe(node);
        first.countDown();
      });
    }
    await(first);
    repeat(PROBE_INTERVAL, this::probeAll);
    repeat(settings.warming().refresh(), this::follow);
  }

  private void await(CountDownLatch first) {
    try {
      long most = 4 * settings.timeout().toMillis();
      if (!first.await(most, TimeUnit.MILLISECONDS)) {
        log.warn("memcached nodes are not all reached yet nodes={}", view.nodes().keySet());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void repeat(Duration interval, Runnable task) {
    long nanos = interval.toNanos();
    var _ =
        executor.scheduleWithFixedDelay(
            () -> {
              try {
                task.run();
              } catch (RuntimeException e) {
                log.warn("following memcached nodes failed; it goes on", e);
              }
            },
            nanos,
            nanos,
            TimeUnit.NANOSECONDS);
  }

  View view() {
    return view;
  }

  List<NodeState> states() {
    var now = view;
    return now.history().current().nodes().stream()
        .map(now.nodes()::get)
        .filter(node -> node != null)
        .map(node -> new NodeState(node.endpoint(), node.available()))
        .toList();
  }

  private void follow() {
    source.nodes().ifPresent(this::follow);
  }

  private void follow(Set<Endpoint> wanted) {
    var before = view;
    if (!wanted.equals(Set.copyOf(before.history().current().nodes()))) {
      change(before, wanted);
    }
  }

  private void change(View before, Set<Endpoint> wanted) {
    var ring = new Ring(wanted);
    var history = before.history().then(ring, clock.millis());
    boolean first = before.nodes().isEmpty();
    boolean bridged = !first && settings.warming().window().isPositive();
    var kept = new HashSet<>(wanted);
    if (bridged) {
      kept.addAll(before.history().current().nodes());
    }
    var nodes = new HashMap<Endpoint, MemcachedNode>();
    for (var endpoint : kept) {
      var known = before.nodes().get(endpoint);
      nodes.put(endpoint, known == null ? new MemcachedNode(endpoint, settings.timeout()) : known);
    }
    view = new View(history, nodes, settings.replicas(), bridged);
    log.info("memcached nodes changed nodes={}", ring.nodes());
    close(before, nodes);
    if (bridged) {
      bridge(ring);
    }
  }

  private void bridge(Ring ring) {
    var warming = settings.warming();
    // every client should have seen the change before values leave their former places
    later(
        warming.refresh().multipliedBy(2),
        () -> warmOnceReached(ring, warming.window().dividedBy(2)));
    later(
        warming.window(),
        () -> {
          if (view.history().current() == ring) {
            endBridge();
          }
        });
  }

  // nothing can be carried to a node that is not reached yet, and nobody would come back to it
  private void warmOnceReached(Ring ring, Duration patience) {
    var now = view;
    if (now.history().current() != ring) {
      return;
    }
    if (patience.isPositive() && !newOnes(now).allMatch(MemcachedNode::available)) {
      later(PROBE_INTERVAL, () -> warmOnceReached(ring, patience.minus(PROBE_INTERVAL)));
    } else {
      warm(Set.of());
    }
  }

  private static Stream<MemcachedNode> newOnes(View view) {
    var former = view.history().former();
    return view.history().current().nodes().stream()
        .filter(endpoint -> former == null || !former.nodes().contains(endpoint))
        .map(view.nodes()::get)
        .filter(Objects::nonNull);
  }

  private void endBridge() {
    var before = view;
    var nodes = new HashMap<>(before.nodes());
    nodes.keySet().retainAll(before.history().current().nodes());
    view = new View(before.history(), nodes, before.replicas(), false);
    close(before, nodes);
  }

  private static void close(View before, Map<Endpoint, MemcachedNode> kept) {
    before
        .nodes()
        .forEach((endpoint, node) -> {
          if (!kept.containsKey(endpoint)) {
            Thread.startVirtualThread(node::close);
          }
        });
  }

  private void later(Duration delay, Runnable task) {
    if (!executor.isShutdown()) {
      var _ = executor.schedule(task, delay.toNanos(), TimeUnit.NANOSECONDS);
    }
  }

  private void probeAll() {
    for (var node : view.nodes().values()) {
      if (!node.available() || node.doubts().any()) {
        Thread.startVirtualThread(() -> probe(node));
      }
    }
  }

  private void probe(MemcachedNode node) {
    var found = node.probe(clock.instant().getEpochSecond(), keys -> remove(node, keys));
    if (found == MemcachedNode.Finding.RESTARTED && settings.replicas() > 1) {
      warm(Set.of(node.endpoint()));
    }
  }

  private void warm(Set<Endpoint> emptied) {
    Thread.ofVirtual().name("myelin-memcached-warmer").start(() -> warmer.warm(view, emptied));
  }

  // everywhere: another client may meanwhile have copied the old value to a node that lacked it
  private void remove(MemcachedNode node, Collection<String> keys) throws NodeFailure {
    var now = view;
    for (var key : keys) {
      node.delete(key);
      long place = StoredKey.place(key);
      for (var other : now.owners(place)) {
        if (other != node && other.available()) {
          removeElsewhere(other, key);
        }
      }
    }
  }

  private static void removeElsewhere(MemcachedNode node, String key) {
    try {
      node.delete(key);
    } catch (NodeFailure e) {
      node.doubts().add(key);
    }
  }

  @Override
  public void close() {
    executor.shutdownNow();
    warmer.close();
    view.nodes().values().forEach(MemcachedNode::close);
  }
}
