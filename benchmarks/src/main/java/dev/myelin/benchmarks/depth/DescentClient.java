package dev.myelin.benchmarks.depth;

/// The service in another process.
public interface DescentClient extends Descent, AutoCloseable {

  /// Gives up the connections. What is in flight may fail.
  @Override
  void close();
}
