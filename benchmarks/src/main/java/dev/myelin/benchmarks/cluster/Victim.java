package dev.myelin.benchmarks.cluster;

import dev.myelin.wire.ClusterView;
import dev.myelin.wire.ClusterView.InstanceView;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/// What is killed, one after the other.
enum Victim {
  /// The core process whose orchestrator acts.
  ACTING_CORE("acting core process"),
  /// Another core process.
  OTHER_CORE("other core process"),
  /// An instance that takes most of the calls.
  COUNTER("instance of prime-counter"),
  /// An instance that nobody calls.
  SLEEPER("instance of sleeper"),
  /// The application's front.
  FRONT("front");

  private static final String CORE = "myelin-orchestrator";

  private final String text;

  Victim(String text) {
    this.text = text;
  }

  /// A process to kill, if there is one now.
  Optional<Long> choose(RunningCluster cluster, ClusterView view, Random random) {
    return switch (this) {
      case ACTING_CORE -> cluster.acting();
      case OTHER_CORE -> {
        var acting = cluster.acting();
        yield any(
            pids(view, CORE).stream().filter(pid -> acting.filter(pid::equals).isEmpty()).toList(),
            random);
      }
      case COUNTER -> any(pids(view, "prime-counter"), random);
      case SLEEPER -> any(pids(view, "sleeper"), random);
      case FRONT -> any(pids(view, "front"), random);
    };
  }

  private static List<Long> pids(ClusterView view, String service) {
    return RunningCluster.serving(view, service).stream().map(InstanceView::pid).toList();
  }

  private static Optional<Long> any(List<Long> pids, Random random) {
    return pids.isEmpty() ? Optional.empty() : Optional.of(pids.get(random.nextInt(pids.size())));
  }

  @Override
  public String toString() {
    return text;
  }
}
