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

  /// The process begins to stop.
  void stopping();

  /// The process takes no calls any more.
  void leave();

  /// A pod's: core processes are found by the name of their Service, and what ends pods when their
  /// cluster goes is Kubernetes.
  Presence POD =
      new Presence() {
        @Override
        public List<InstanceId> enter(Instance self, Consumer<String> orphaned) {
          return List.of();
        }

        @Override
        public void keepKnown(InstanceAgent agent) {
          agent.renew(Duration.ofSeconds(5));
        }

        @Override
        public void stopping() {}

        @Override
        public void leave() {}
      };
}
