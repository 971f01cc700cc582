package dev.myelin.orchestrator.reconcile;

/// Is told each change of an instance's state, in order, from one thread; must not block for long.
@FunctionalInterface
public interface InstanceListener {

  /// Takes a change.
  ///
  /// @param change what happened
  void changed(InstanceChange change);
}
