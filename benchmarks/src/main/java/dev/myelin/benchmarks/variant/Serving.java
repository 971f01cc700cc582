package dev.myelin.benchmarks.variant;

/// An open server of a [Variant].
public interface Serving extends AutoCloseable {

  /// Returns the port on the loopback interface.
  int port();

  /// Stops the server and frees its port. What is in flight may fail.
  @Override
  void close();
}
