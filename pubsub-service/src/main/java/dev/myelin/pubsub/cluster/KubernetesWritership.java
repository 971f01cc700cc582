package dev.myelin.pubsub.cluster;

import dev.myelin.kubernetes.KubernetesLease;
import dev.myelin.pubsub.membership.Generation;
import dev.myelin.wire.InstanceId;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.BooleanSupplier;

/// A Lease of the Kubernetes API, whose uid is the lineage and whose epoch is the term.
///
/// It is lost where the API cannot be asked for a while, and may be got again: what was written
/// until then is known to all, as each pubsub has a copy. Never blocks but to release.
public final class KubernetesWritership implements Writership {

  private final KubernetesLease lease;
  private final BooleanSupplier informed;
  private volatile OptionalLong written = OptionalLong.empty();

  /// Creates one; nothing is held yet.
  ///
  /// @param lease the Lease of the API
  /// @param informed whether this pubsub knows the members, or there is nobody to learn them from:
  ///   one that does not would tell everybody that nobody is there
  public KubernetesWritership(KubernetesLease lease, BooleanSupplier informed) {
    this.lease = lease;
    this.informed = informed;
  }

  @Override
  public Optional<Generation> acquire() {
    if (!informed.getAsBoolean()) {
      return Optional.empty();
    }
    lease.want();
    var epoch = lease.epoch();
    var lineage = lease.lineage();
    if (epoch.isEmpty() || lineage.isEmpty() || epoch.equals(written)) {
      return Optional.empty();
    }
    written = epoch;
    return Optional.of(new Generation(lineage.get(), epoch.getAsLong() + 1));
  }

  @Override
  public boolean intact() {
    return written.isPresent() && lease.epoch().equals(written);
  }

  @Override
  public boolean regainable() {
    return true;
  }

  @Override
  public Optional<InstanceId> holder() {
    return lease.holder().map(InstanceId::new);
  }

  @Override
  public void release() {
    lease.release();
  }
}
