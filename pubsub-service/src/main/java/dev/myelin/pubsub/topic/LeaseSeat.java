package dev.myelin.pubsub.topic;

import dev.myelin.kubernetes.KubernetesLease;
import dev.myelin.wire.InstanceId;
import java.util.Optional;

/// In pods, the process that writes the membership has the broker, too: one right less to renew.
/// The Lease itself tells the others who that is.
public final class LeaseSeat implements Seat {

  private final KubernetesLease lease;

  /// Creates it.
  ///
  /// @param lease the right to write the membership, which pubsub takes and gives back
  public LeaseSeat(KubernetesLease lease) {
    this.lease = lease;
  }

  @Override
  public boolean take() {
    return lease.epoch().isPresent();
  }

  @Override
  public void announce(InstanceId self) {}

  @Override
  public Optional<InstanceId> holder() {
    return lease.holder().map(InstanceId::new);
  }

  @Override
  public void close() {}
}
