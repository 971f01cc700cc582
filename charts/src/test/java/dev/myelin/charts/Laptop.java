package dev.myelin.charts;

import dev.myelin.Microservice;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;

/// An application outside the cluster: one service is worked on in it, another is in the cluster.
@SpringBootConfiguration(proxyBeanMethods = false)
@EnableAutoConfiguration
class Laptop {

  /// What the cluster's application has as a class.
  @Microservice("prime-counter")
  public interface PrimeCounter {

    /// Counts the primes of a range.
    long count(long from, long to);
  }

  /// The service that is worked on.
  @Microservice("pair-counter")
  public static class PairCounter {
    private final PrimeCounter primes;

    PairCounter(PrimeCounter primes) {
      this.primes = primes;
    }

    /// Counts the pairs of different primes.
    public long below(long limit) {
      long count = primes.count(0, limit);
      return count * (count - 1) / 2;
    }
  }
}
