package dev.myelin.samples.primes;

import dev.myelin.Microservice;

/// Counts the primes of a range.
///
/// The CPU-bound service of this sample. It divides each number by the candidates up to its square
/// root, leaving out only multiples of 2, 3 and 5. A segmented sieve would be some hundred times
/// faster, and for that reason no use here: it is bound by memory, its chunks would be over before
/// a second instance has started, and splitting the work would show nothing. Trial division keeps
/// no state, touches no memory and costs the same whoever does it, so that the time of a whole
/// count tells how many cores worked on it.
///
/// Stateless, so safe for use by several threads, and every call may be repeated.
@Microservice(
    external = true,
    idempotent = true,
    concurrency = 2,
    minInstances = 1,
    maxInstances = 3,
    highWatermark = 0.8,
    lowWatermark = 0.25,
    timeout = "2m")
public class PrimeCounter {

  /// Steps from one number to the next that neither 2, 3 nor 5 divides, from 7 on.
  private static final int[] STEPS = {4, 2, 4, 2, 4, 6, 2, 6};

  /// Counts the primes in `[from, to)`.
  ///
  /// @param from first number looked at, 0 or more
  /// @param to first number no longer looked at, `from` or more
  /// @return how many of them are prime
  /// @throws IllegalArgumentException if the range starts below 0 or ends before it starts
  public long count(long from, long to) {
    if (from < 0) {
      throw new IllegalArgumentException(
          "'from' is %d; a range of primes starts at 0 or above".formatted(from));
    }
    if (to < from) {
      throw new IllegalArgumentException(
          "'to' is %d, less than 'from', which is %d; give the smaller one first"
              .formatted(to, from));
    }
    var primes = 0L;
    for (var number = from; number < to; number++) {
      if (isPrime(number)) {
        primes++;
      }
    }
    return primes;
  }

  private static boolean isPrime(long number) {
    if (number < 7) {
      return number == 2 || number == 3 || number == 5;
    }
    if (number % 2 == 0 || number % 3 == 0 || number % 5 == 0) {
      return false;
    }
    // rounding keeps the order, and the root of a square comes out exact: never below the true root
    var root = (long) Math.sqrt((double) number);
    var divisor = 7L;
    while (divisor <= root) {
      // a round may pass the root by less than 30, and still stays below the number, which is 49 at
      // least here: whatever divides it is a divisor of its own
      for (var step : STEPS) {
        if (number % divisor == 0) {
          return false;
        }
        divisor += step;
      }
    }
    return true;
  }
}
