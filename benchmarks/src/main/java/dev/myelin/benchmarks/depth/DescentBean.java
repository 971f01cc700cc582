package dev.myelin.benchmarks.depth;

import java.lang.management.ManagementFactory;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.IntFunction;

/// One level: asks the other process for the rest. Thread-safe.
public final class DescentBean implements Descent, AutoCloseable {
  private final IntFunction<DescentClient> connect;
  private final Map<Integer, DescentClient> clients = new ConcurrentHashMap<>();

  /// @param connect opens a client of the process at a port
  public DescentBean(IntFunction<DescentClient> connect) {
    this.connect = connect;
  }

  @Override
  public int descend(int levels, int next, int after) {
    if (levels <= 1) {
      return 1;
    }
    return 1 + clients.computeIfAbsent(next, connect::apply).descend(levels - 1, after, next);
  }

  @Override
  public int peakPlatformThreads() {
    return ManagementFactory.getThreadMXBean().getPeakThreadCount();
  }

  @Override
  public void close() {
    clients.values().forEach(DescentClient::close);
  }
}
