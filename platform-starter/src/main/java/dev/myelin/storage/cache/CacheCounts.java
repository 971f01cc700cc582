package dev.myelin.storage.cache;

import java.util.concurrent.atomic.LongAdder;

/// What has happened in a cache, as far as this process did it. Thread-safe.
public final class CacheCounts {

  private final LongAdder hits = new LongAdder();
  private final LongAdder misses = new LongAdder();
  private final LongAdder puts = new LongAdder();
  private final LongAdder removals = new LongAdder();
  private final LongAdder failures = new LongAdder();
  private final LongAdder waits = new LongAdder();

  CacheCounts() {}

  void read(boolean hit) {
    (hit ? hits : misses).increment();
  }

  void put() {
    puts.increment();
  }

  void removed() {
    removals.increment();
  }

  void failed() {
    failures.increment();
  }

  void waited() {
    waits.increment();
  }

  /// Reads that found a value.
  public long hits() {
    return hits.sum();
  }

  /// Reads that found none.
  public long misses() {
    return misses.sum();
  }

  /// Values put.
  public long puts() {
    return puts.sum();
  }

  /// Keys evicted by name.
  public long removals() {
    return removals.sum();
  }

  /// Operations that the store failed.
  public long failures() {
    return failures.sum();
  }

  /// Loads that were left to another one under way.
  public long waits() {
    return waits.sum();
  }
}
