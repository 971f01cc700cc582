package dev.myelin.benchmarks.instance;

import dev.myelin.Microservice;

/// A service whose calls take as long as is asked for.
@Microservice(name = "sleeper", concurrency = 256, timeout = "30s")
public interface Sleeper {

  /// Takes its time. Must not be repeated.
  long sleep(long millis) throws InterruptedException;
}
