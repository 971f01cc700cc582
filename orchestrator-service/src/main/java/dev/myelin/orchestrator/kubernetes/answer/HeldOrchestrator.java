package dev.myelin.orchestrator.kubernetes.answer;

import dev.myelin.CallException;
import dev.myelin.orchestrator.lease.LeaderLease;
import dev.myelin.wire.ApplicationView;
import dev.myelin.wire.ClusterView;
import dev.myelin.wire.DrainReport;
import dev.myelin.wire.Flag;
import dev.myelin.wire.InstanceId;
import dev.myelin.wire.Orchestrator;
import dev.myelin.wire.RetirementView;
import dev.myelin.wire.RolloutAnswer;
import dev.myelin.wire.ScalingDecision;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Answers for whichever orchestrator acts: by itself where it holds the lease, by a call of the
/// holder otherwise. Thread-safe.
///
/// Where nobody holds it, or the holder does not answer, what this one knows is still an answer.
/// Calls are passed on once: the holder answers by itself.
public final class HeldOrchestrator implements Orchestrator {

  private static final Logger log = LoggerFactory.getLogger(HeldOrchestrator.class);

  private final Orchestrator own;
  private final InstanceId self;
  private final LeaderLease lease;
  private final Function<InstanceId, Optional<Orchestrator>> others;

  /// Creates it.
  ///
  /// @param own what this process answers
  /// @param self its id
  /// @param lease tells who acts
  /// @param others finds another orchestrator by the id of its process
  public HeldOrchestrator(
      Orchestrator own,
      InstanceId self,
      LeaderLease lease,
      Function<InstanceId, Optional<Orchestrator>> others) {
    this.own = own;
    this.self = self;
    this.lease = lease;
    this.others = others;
  }

  private Optional<Orchestrator> holder() {
    return lease.epoch().isPresent()
        ? Optional.empty()
        : lease.holder().map(InstanceId::new).filter(id -> !id.equals(self)).flatMap(others);
  }

  private <T> T ask(Function<Orchestrator, T> question) {
    var holder = holder();
    if (holder.isEmpty()) {
      return question.apply(own);
    }
    try {
      return question.apply(holder.get());
    } catch (CallException e) {
      log.debug("The acting orchestrator does not answer", e);
      return question.apply(own);
    }
  }

  private void tell(Consumer<Orchestrator> message) {
    message.accept(holder().orElse(own));
  }

  @Override
  public ClusterView cluster() {
    return ask(Orchestrator::cluster);
  }

  @Override
  public Flag.Answer flag(Flag flag) {
    return holder().orElse(own).flag(flag);
  }

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
    return ask(Orchestrator::retirements);
  }

  @Override
  public List<ScalingDecision> decisions() {
    return ask(Orchestrator::decisions);
  }

  @Override
  public void demand(String service) {
    tell(orchestrator -> orchestrator.demand(service));
  }

  @Override
  public void drained(DrainReport report) {
    tell(orchestrator -> orchestrator.drained(report));
  }
}
