package dev.myelin.orchestrator;

import dev.myelin.kubernetes.KubernetesLeases;
import dev.myelin.orchestrator.lease.KubernetesLeaderLease;
import dev.myelin.orchestrator.lease.LeaderLease;
import dev.myelin.orchestrator.lease.LeaseKeeper;
import dev.myelin.orchestrator.reconcile.Wakeup;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;

/// What an orchestrator of pods acts under.
///
/// Whoever runs the loop starts the [LeaseKeeper] when it is ready to act and closes it last: that
/// gives the lease back. It wakes the [Wakeup] when the lease comes or goes.
@Configuration(proxyBeanMethods = false)
@Conditional(OnKubernetes.class)
class KubernetesLeaseConfiguration {

  /// What the orchestrators' Lease is the right to; pubsub reads its epoch under the same name.
  static final String RIGHT = "orchestrator";

  @Bean
  LeaderLease leaderLease(KubernetesLeases leases) {
    return new KubernetesLeaderLease(leases.lease(RIGHT));
  }

  // A holder that hangs has lost the lease by itself, so nobody needs to be ended
  @Bean(destroyMethod = "")
  LeaseKeeper leaseKeeper(LeaderLease lease, LoopProperties loop, Wakeup wakeup) {
    return new LeaseKeeper(lease, loop.leasePace(), wakeup::wake, () -> {});
  }
}
