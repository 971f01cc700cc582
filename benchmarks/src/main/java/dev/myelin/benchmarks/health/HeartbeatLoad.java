package dev.myelin.benchmarks.health;

import dev.myelin.benchmarks.myelin.DirectCaller;
import dev.myelin.wire.CallTotals;
import dev.myelin.wire.Endpoint;
import dev.myelin.wire.Heartbeat;
import dev.myelin.wire.ServiceLoad;
import dev.myelin.wire.Stethoscope;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.LongAdder;

/// Speaks for many instances over a few connections: each beats once a second, spread evenly, and
/// leaves a beat out while the one before is not answered, as an instance does.
///
/// They join one by one at first, so that both sides are warm before all of them are there.
public final class HeartbeatLoad implements AutoCloseable {

  private static final int SLICES = 100;
  private static final int CONNECTIONS = 2;
  private static final Duration JOINING = Duration.ofSeconds(20);

  private final int instances;
  private final List<DirectCaller<Stethoscope>> callers = new ArrayList<>();
  private final ScheduledThreadPoolExecutor ticks = new ScheduledThreadPoolExecutor(1);
  private final LongAdder failed = new LongAdder();
  private final LongAdder leftOut = new LongAdder();
  private final AtomicIntegerArray underWay;
  private long tick;

  /// Begins to beat.
  ///
  /// @param instances how many to speak for
  /// @param port where the stethoscope listens
  public HeartbeatLoad(int instances, int port) {
    this.instances = instances;
    this.underWay = new AtomicIntegerArray(instances);
    for (int i = 0; i < CONNECTIONS; i++) {
      callers.add(DirectCaller.open(Stethoscope.class, new Endpoint("127.0.0.1", port)));
    }
    var _ =
        ticks.scheduleAtFixedRate(
            this::slice, 0, Duration.ofSeconds(1).toNanos() / SLICES, TimeUnit.NANOSECONDS);
  }

  private void slice() {
    int slice = (int) (tick % SLICES);
    long sequence = 1 + tick / SLICES;
    tick++;
    long joined = Math.min(instances, instances * tick / (JOINING.toSeconds() * SLICES));
    for (int number = slice; number < joined; number += SLICES) {
      int instance = number;
      if (underWay.compareAndSet(instance, 0, 1)) {
        Thread.startVirtualThread(() -> beat(instance, sequence));
      } else {
        leftOut.increment();
      }
    }
  }

  private void beat(int number, long sequence) {
    var load = new ServiceLoad("price-list", 3, 16, sequence * 40, 1, Duration.ofMillis(4));
    var heartbeat =
        new Heartbeat(
            HeardProcess.id(number), sequence, List.of(load), new CallTotals(sequence * 9, 1, 0));
    try {
      callers.get(number % CONNECTIONS).standIn().beat(heartbeat);
    } catch (RuntimeException _) {
      failed.increment();
    } finally {
      underWay.set(number, 0);
    }
  }

  /// Beats that were not taken.
  public long failed() {
    return failed.sum();
  }

  /// Beats that were not made because the one before was not answered yet.
  public long leftOut() {
    return leftOut.sum();
  }

  @Override
  public void close() {
    ticks.shutdownNow();
    callers.forEach(DirectCaller::close);
  }
}
