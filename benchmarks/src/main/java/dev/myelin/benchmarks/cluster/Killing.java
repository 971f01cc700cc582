package dev.myelin.benchmarks.cluster;

import dev.myelin.benchmarks.faults.Pause;
import dev.myelin.wire.ClusterView;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/// Kills processes of every kind in turn and waits each time until as many as before are back.
///
/// Used by one thread.
final class Killing {

  private static final List<Victim> VICTIMS = List.of(Victim.values());

  private final RunningCluster cluster;
  private final Map<String, Integer> least;
  private final BooleanSupplier rolling;
  private final Consumer<String> progress;
  private final Map<Victim, Recovery> recoveries = new EnumMap<>(Victim.class);
  private final Recovery handovers = new Recovery();
  private final Recovery coreRecoveries = new Recovery();
  private int whileRolling;

  /// Creates one.
  ///
  /// @param cluster whose processes are killed
  /// @param least serving instances of each service without which the cluster is not whole
  /// @param rolling whether the application is being rolled
  /// @param progress takes a line for each kill
  Killing(
      RunningCluster cluster,
      Map<String, Integer> least,
      BooleanSupplier rolling,
      Consumer<String> progress) {
    this.cluster = cluster;
    this.least = Map.copyOf(least);
    this.rolling = rolling;
    this.progress = progress;
  }

  /// Waits until the cluster is whole.
  void awaitWhole() throws InterruptedException {
    awaitWholeWithout(-1);
  }

  /// Kills until the time is over.
  ///
  /// @param time for how long
  /// @param pause from the time when everything is back to the next kill
  /// @param random chooses among processes of a kind
  void run(Duration time, Duration pause, Random random) throws InterruptedException {
    long begin = System.nanoTime();
    for (int turn = 0; System.nanoTime() - begin < time.toNanos(); turn++) {
      var victim = VICTIMS.get(turn % VICTIMS.size());
      var pid = cluster.view().flatMap(now -> victim.choose(cluster, now, random));
      if (pid.isPresent()) {
        kill(victim, pid.get());
      }
      Pause.of(pause);
    }
  }

  private void kill(Victim victim, long pid) throws InterruptedException {
    boolean underWay = rolling.getAsBoolean();
    long epoch = epoch();
    long at = System.nanoTime();
    RunningCluster.kill(pid);
    if (victim == Victim.ACTING_CORE) {
      cluster.await(() -> epoch() > epoch, "another one that acts");
      handovers.add(since(at));
    }
    awaitWholeWithout(pid);
    var time = since(at);
    recoveries.computeIfAbsent(victim, _ -> new Recovery()).add(time);
    if (victim == Victim.ACTING_CORE || victim == Victim.OTHER_CORE) {
      coreRecoveries.add(time);
    }
    whileRolling += underWay ? 1 : 0;
    progress.accept(
        "%s, pid %d%s: whole again after %.1f s"
            .formatted(victim, pid, underWay ? ", in a roll" : "", time.toMillis() / 1e3));
  }

  private long epoch() {
    return cluster.lease().orElseThrow().epoch();
  }

  private static Duration since(long at) {
    return Duration.ofNanos(System.nanoTime() - at);
  }

  private void awaitWholeWithout(long gone) throws InterruptedException {
    cluster.await(
        () -> cluster.view().filter(view -> whole(view, gone)).isPresent(),
        "its full count back: at least " + least);
  }

  private boolean whole(ClusterView view, long gone) {
    return least.entrySet().stream()
        .allMatch(each -> {
          var serving = RunningCluster.serving(view, each.getKey());
          return serving.size() >= each.getValue()
              && serving.stream().noneMatch(instance -> instance.pid() == gone);
        });
  }

  /// Times from the death of the core process that acted until another one did.
  Recovery handovers() {
    return handovers;
  }

  /// Times from the death of a core process until the full count was back.
  Recovery coreRecoveries() {
    return coreRecoveries;
  }

  /// How many were killed.
  int count() {
    return recoveries.values().stream().mapToInt(Recovery::count).sum();
  }

  /// How many of them while the application was being rolled.
  int whileRolling() {
    return whileRolling;
  }

  /// Full-count-back times, by who was killed.
  @Override
  public String toString() {
    return recoveries.entrySet().stream()
        .map(entry ->
            "%s %d times (%.1f s, most %.1f)"
                .formatted(
                    entry.getKey(),
                    entry.getValue().count(),
                    entry.getValue().medianSeconds(),
                    entry.getValue().mostSeconds()))
        .collect(Collectors.joining(", "));
  }
}
