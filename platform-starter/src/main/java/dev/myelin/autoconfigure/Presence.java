package dev.myelin.autoconfigure;

import dev.myelin.membership.InstanceAgent;
import dev.myelin.wire.Instance;
import dev.myelin.wire.InstanceId;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

/// How a process is there for its cluster beside what pubsub is told: how a core process is found,
/// and how any other notices that its cluster is gone.
interface Presence {

  /// The process takes calls from now on.
  ///
  /// @param self this process
  /// @param orphaned to be called with the reason if its cluster is gone
  /// @return core processes that ended without having left, so that they have to be deregistered
  List<InstanceId> enter(Instance self, Consumer<String> orphaned);

  /// Makes a process known to pubsub again and again, where pubsub has nothing that outlives it.
  ///
  /// @param agent of this process
  default void keepKnown(InstanceAgent agent) {}

  /// Waits until new callers do not find this core process any more, while it still takes what
  /// comes.
  ///
  /// @param self this process
  /// @param limit how long at most
  /// @throws InterruptedException if the thread is interrupted
  default void awaitUnlisted(InstanceId self, Duration limit) throws InterruptedException {}

  /// The process begins to stop.
  void stopping();

  /// The process takes no calls any more.
  void leave();
}
