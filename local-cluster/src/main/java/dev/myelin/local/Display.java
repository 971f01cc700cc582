package dev.myelin.local;

import dev.myelin.wire.ClusterView;

/// What a person sees of the cluster. Used by one thread at a time.
interface Display {

  /// Shows the cluster as it is now; called several times a second.
  void show(ClusterView view);

  /// Shows a line about the cluster as a whole.
  ///
  /// @param line what happened
  void say(String line);

  /// Says nothing more.
  void end();
}
