package dev.myelin.wire;

import java.util.List;
import java.util.Optional;

/// An orchestrator that expects to be asked for nothing: what a test expects it overrides.
public abstract class UnaskedOrchestrator implements Orchestrator {

  private static UnsupportedOperationException unasked() {
    return new UnsupportedOperationException("Nobody was to ask for this");
  }

  @Override
  public ClusterView cluster() {
    throw unasked();
  }

  @Override
  public Flag.Answer flag(Flag flag) {
    throw unasked();
  }

  @Override
  public RolloutAnswer rollOut(String application, String jar) {
    throw unasked();
  }

  @Override
  public RolloutAnswer rollBack(String application, String reason) {
    throw unasked();
  }

  @Override
  public Optional<ApplicationView> application() {
    throw unasked();
  }

  @Override
  public List<RetirementView> retirements() {
    throw unasked();
  }

  @Override
  public List<ScalingDecision> decisions() {
    throw unasked();
  }

  @Override
  public void demand(String service) {
    throw unasked();
  }

  @Override
  public void drained(DrainReport report) {
    throw unasked();
  }
}
