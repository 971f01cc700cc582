package dev.myelin.context;

/// A context that is in force until it is closed.
@FunctionalInterface
public interface ContextScope extends AutoCloseable {

  /// Nothing is in force.
  ContextScope NONE = () -> {};

  @Override
  void close();
}
