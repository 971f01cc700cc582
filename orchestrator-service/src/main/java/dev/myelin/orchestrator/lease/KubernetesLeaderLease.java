package dev.myelin.orchestrator.lease;

import dev.myelin.kubernetes.KubernetesLease;
import java.util.Optional;
import java.util.OptionalLong;

/// The lease of a cluster whose state is the Kubernetes API: it is renewed, lost and got again by a
/// thread of its own, and everything here only says how that stands. Never blocks but to release.
public final class KubernetesLeaderLease implements LeaderLease {

  private final KubernetesLease lease;

  /// Creates one; it is not tried for before it is to be acquired.
  ///
  /// @param lease the Lease of the API
  public KubernetesLeaderLease(KubernetesLease lease) {
    this.lease = lease;
  }

  @Override
  public boolean acquire() {
    lease.want();
    return lease.epoch().isPresent();
  }

  @Override
  public boolean renew() {
    return lease.epoch().isPresent();
  }

  @Override
  public OptionalLong epoch() {
    return lease.epoch();
  }

  @Override
  public Optional<String> holder() {
    return lease.holder();
  }

  @Override
  public void release() {
    lease.release();
  }
}
