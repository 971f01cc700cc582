package dev.myelin.orchestrator;

import dev.myelin.CallException;
import dev.myelin.membership.ClusterFolder;
import dev.myelin.orchestrator.lease.LeaderLease;
import dev.myelin.wire.ApplicationView;
import dev.myelin.wire.ClusterView;
import dev.myelin.wire.DrainReport;
import dev.myelin.wire.Endpoint;
import dev.myelin.wire.Flag;
import dev.myelin.wire.Instance;
import dev.myelin.wire.InstanceId;
import dev.myelin.wire.Orchestrator;
import dev.myelin.wire.RetirementView;
import dev.myelin.wire.RolloutAnswer;
import dev.myelin.wire.ScalingDecision;
import java.util.List;
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
  public Flag.Answer flag(Flag flag) {
    if (acts()) {
      return own.flag(flag);
    }
    var holder = holder();
    return holder.isEmpty()
        ? new Flag.Answer(false, "no orchestrator acts at the moment")
        : others.apply(holder.get()).flag(flag);
  }

  // The rest is in the cluster's folder, from where the one that acts takes it

  @Override
  public RolloutAnswer rollOut(String application, String jar) {
    return own.rollOut(application, jar);
  }

  @Override
  public RolloutAnswer rollBack(String application, String reason) {
    return own.rollBack(application, reason);
  }

  @Override
  public Optional<ApplicationView> application() {
    return own.application();
  }

  @Override
  public List<RetirementView> retirements() {
    return own.retirements();
  }

  @Override
  public List<ScalingDecision> decisions() {
    return own.decisions();
  }

  @Override
  public void demand(String service) {
    own.demand(service);
  }

  @Override
  public void drained(DrainReport report) {
    own.drained(report);
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
}
