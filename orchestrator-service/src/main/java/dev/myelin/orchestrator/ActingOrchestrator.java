package dev.myelin.orchestrator;

import dev.myelin.CallException;
import dev.myelin.Execution;
import dev.myelin.Status;
import dev.myelin.membership.ClusterFolder;
import dev.myelin.orchestrator.lease.LeaderLease;
import dev.myelin.wire.ClusterView;
import dev.myelin.wire.Endpoint;
import dev.myelin.wire.Instance;
import dev.myelin.wire.InstanceId;
import dev.myelin.wire.Orchestrator;
import java.util.Optional;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Answers for whichever orchestrator acts: by itself where it holds the lease, by a call of the
/// holder otherwise. Thread-safe.
///
/// Only the one that acts knows what is starting and can end an instance, and callers need not know
/// which one that is. Calls are passed on once: one that is named as the holder and does not hold
/// the lease (yet, or any more) does not pass them on.
final class ActingOrchestrator implements Orchestrator {

  private static final Logger log = LoggerFactory.getLogger(ActingOrchestrator.class);

  private final Orchestrator own;
  private final InstanceId self;
  private final LeaderLease lease;
  private final ClusterFolder folder;
  private final Function<Endpoint, Orchestrator> others;

  ActingOrchestrator(
      Orchestrator own,
      InstanceId self,
      LeaderLease lease,
      ClusterFolder folder,
      Function<Endpoint, Orchestrator> others) {
    this.own = own;
    this.self = self;
    this.lease = lease;
    this.folder = folder;
    this.others = others;
  }

  // What this process sees by itself is still an answer while nobody acts
  @Override
  public ClusterView cluster() {
    var holder = holder();
    if (holder.isEmpty()) {
      return own.cluster();
    }
    try {
      return others.apply(holder.get()).cluster();
    } catch (CallException e) {
      log.debug("The acting orchestrator at {} does not answer", holder.get(), e);
      return own.cluster();
    }
  }

  @Override
  public void flag(InstanceId id, String reason) {
    if (acts()) {
      own.flag(id, reason);
    } else {
      others.apply(holder().orElseThrow(() -> nobody(id))).flag(id, reason);
    }
  }

  private boolean acts() {
    return lease.epoch().isPresent();
  }

  private Optional<Endpoint> holder() {
    return acts()
        ? Optional.empty()
        : lease
            .holder()
            .map(InstanceId::new)
            .filter(id -> !id.equals(self))
            .flatMap(id -> folder.read(folder.core(id), Instance.class))
            .map(Instance::endpoint);
  }

  private static CallException nobody(InstanceId id) {
    return new CallException(
        Status.UNAVAILABLE,
        Execution.DID_NOT_RUN,
        "Instance '%s' cannot be flagged: no orchestrator acts at the moment".formatted(id));
  }
}
