package dev.myelin.benchmarks.objects;

import static java.util.Objects.requireNonNull;

import dev.myelin.benchmarks.faults.Pause;
import dev.myelin.benchmarks.faults.SpawnedInstance;
import dev.myelin.benchmarks.myelin.SmallCluster;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.BooleanSupplier;

/// Hosts in processes of their own, of which one after the other is killed and replaced, or stopped
/// for a while, and the store behind them, which has mishaps of its own. One thread's.
final class Mishaps implements AutoCloseable {

  private static final Duration START = Duration.ofMinutes(3);
  private static final Duration STOPPED = Duration.ofSeconds(3);
  private static final Duration GLANCE = Duration.ofMillis(100);
  private static final int REST_AFTER = 3;
  private static final int KINDS = 3;

  private final SmallCluster cluster;
  private final Path folder;
  private final TrialStore store;
  private final ObjectsTrial.Starter starter;
  private final Duration between;
  private final Map<String, SpawnedInstance> hosts = new LinkedHashMap<>();
  private int started;
  private int kills;
  private int stops;

  Mishaps(
      SmallCluster cluster,
      Path folder,
      TrialStore store,
      ObjectsTrial.Starter starter,
      Duration between) {
    this.cluster = cluster;
    this.folder = folder;
    this.store = store;
    this.starter = starter;
    this.between = between;
  }

  /// Starts a host and waits until it can be called.
  void start() throws IOException, InterruptedException {
    var id = "host-" + ++started;
    var host = starter.start(id, folder, store.arguments());
    hosts.put(id, host);
    try {
      var _ = cluster.await(id, START);
    } catch (IllegalStateException e) {
      throw new IllegalStateException(e.getMessage() + ": " + host.logged(), e);
    }
  }

  /// Lets things go wrong, one after the other, and after each that nobody can be served without
  /// lets three times its time pass: most of the trial is to be work, and not waiting for servers.
  void until(BooleanSupplier over, Random random) throws IOException, InterruptedException {
    while (!over.getAsBoolean()) {
      switch (random.nextInt(KINDS)) {
        case 0 -> kill(pick(random));
        case 1 -> stop(pick(random));
        default -> mishapOfTheStore(over, random);
      }
      pause(between.toNanos(), over);
    }
  }

  private static void pause(long nanos, BooleanSupplier over) throws InterruptedException {
    long begin = System.nanoTime();
    while (!over.getAsBoolean() && System.nanoTime() - begin < nanos) {
      Pause.of(GLANCE);
    }
  }

  private void mishapOfTheStore(BooleanSupplier over, Random random)
      throws IOException, InterruptedException {
    long begin = System.nanoTime();
    store.mishap(random);
    pause(REST_AFTER * (System.nanoTime() - begin), over);
  }

  private String pick(Random random) {
    var ids = List.copyOf(hosts.keySet());
    return ids.get(random.nextInt(ids.size()));
  }

  private void kill(String id) throws IOException, InterruptedException {
    try (var victim = requireNonNull(hosts.remove(id))) {
      victim.kill();
      kills++;
      cluster.gone(id);
      start();
    }
  }

  private void stop(String id) throws IOException, InterruptedException {
    signal("-STOP", id);
    stops++;
    Pause.of(STOPPED);
    signal("-CONT", id);
  }

  private void signal(String signal, String id) throws IOException, InterruptedException {
    var pid = String.valueOf(requireNonNull(hosts.get(id)).pid());
    int code = new ProcessBuilder("kill", signal, pid).start().waitFor();
    if (code != 0) {
      throw new IOException("'kill %s %s' ended with %d".formatted(signal, pid, code));
    }
  }

  @Override
  public String toString() {
    return "%d hosts killed, %d stopped for %d s; %s"
        .formatted(kills, stops, STOPPED.toSeconds(), store.told());
  }

  @Override
  public void close() {
    new ArrayList<>(hosts.values()).forEach(SpawnedInstance::close);
  }
}
