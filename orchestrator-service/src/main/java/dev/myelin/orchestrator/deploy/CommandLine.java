package dev.myelin.orchestrator.deploy;

import java.util.List;

/// The command that carries out an order.
@FunctionalInterface
public interface CommandLine {

  /// Program and arguments.
  ///
  /// @param order what is to be started
  List<String> of(SpawnOrder order);

  /// The process of an order has ended.
  ///
  /// @param order what was started
  /// @param exit how it ended
  default void ended(SpawnOrder order, Exit exit) {}
}
