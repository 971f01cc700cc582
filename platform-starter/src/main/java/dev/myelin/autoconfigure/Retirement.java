package dev.myelin.autoconfigure;

import org.springframework.context.SmartLifecycle;

/// Makes the end of a pod an orderly one, whoever has chosen it: a scale-down, a rollout, a drained
/// node, or somebody who deleted it. Kubernetes tells all of them by the same signal.
///
/// Stops before everything else, since HTTP requests and calls have to be taken until those who
/// send them know better. What bounds it in the end is the pod's termination grace period.
final class Retirement implements SmartLifecycle {

  private final ClusterProcess process;
  private volatile boolean running;

  Retirement(ClusterProcess process) {
    this.process = process;
  }

  @Override
  public void start() {
    running = true;
  }

  @Override
  public void stop() {
    running = false;
    process.retire();
  }

  @Override
  public boolean isRunning() {
    return running;
  }

  @Override
  public int getPhase() {
    return Integer.MAX_VALUE;
  }
}
