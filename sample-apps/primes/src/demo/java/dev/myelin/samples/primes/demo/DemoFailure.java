package dev.myelin.samples.primes.demo;

/// Ends the demo with a sentence for the person who started it.
final class DemoFailure extends Exception {

  DemoFailure(String message) {
    super(message);
  }

  DemoFailure(String message, Throwable cause) {
    super(message, cause);
  }
}
