package dev.myelin.autoconfigure;

import dev.myelin.wire.Instance;
import dev.myelin.wire.InstanceId;
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
        public void stopping() {}

        @Override
        public void leave() {}
      };
}
