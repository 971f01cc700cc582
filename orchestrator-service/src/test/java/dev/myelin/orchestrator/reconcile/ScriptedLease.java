package dev.myelin.orchestrator.reconcile;

import dev.myelin.orchestrator.lease.LeaderLease;
import java.util.Optional;
import java.util.OptionalLong;

/// A lease that is held under whatever epoch a test says.
final class ScriptedLease implements LeaderLease {

  private volatile OptionalLong epoch = OptionalLong.empty();

  private int failures;

  /// Lets the next questions for the epoch fail.
  void failNext(int count) {
    failures = count;
  }

  void hold(long value) {
    epoch = OptionalLong.of(value);
  }

  @Override
  public boolean acquire() {
    return epoch.isPresent();
  }

  @Override
  public boolean renew() {
    return epoch.isPresent();
  }

  @Override
  public OptionalLong epoch() {
    if (failures > 0) {
      failures--;
      throw new IllegalStateException("the lease cannot be read");
    }
    return epoch;
  }

  @Override
  public Optional<String> holder() {
    return Optional.empty();
  }

  @Override
  public void release() {
    epoch = OptionalLong.empty();
  }
}
