package dev.myelin.orchestrator;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.myelin.orchestrator.kubernetes.loop.KubernetesLoop;
import dev.myelin.orchestrator.kubernetes.watch.NamespaceCache;
import dev.myelin.orchestrator.lease.LeaseKeeper;
import dev.myelin.orchestrator.observe.MembershipWatch;
import dev.myelin.wire.ServiceNames;
import java.util.HashSet;
import org.springframework.context.SmartLifecycle;

/// Starts and stops an orchestrator of pods. What it has made stays when it stops: another one goes
/// on with it.
final class KubernetesLifecycle implements SmartLifecycle {

  private final NamespaceCache cache;
  private final MembershipWatch membership;
  private final LeaseKeeper lease;
  private final KubernetesLoop loop;

  @GuardedBy("this")
  private boolean running;

  KubernetesLifecycle(
      NamespaceCache cache, MembershipWatch membership, LeaseKeeper lease, KubernetesLoop loop) {
    this.cache = cache;
    this.membership = membership;
    this.lease = lease;
    this.loop = loop;
  }

  @Override
  public synchronized void start() {
    if (running) {
      return;
    }
    running = true;
    var platform = new HashSet<>(ServiceNames.CORE_SERVICES);
    platform.add(ServiceNames.FRONT);
    membership.watch(platform);
    cache.start();
    lease.start();
    loop.start();
  }

  @Override
  public synchronized void stop() {
    running = false;
    loop.stop();
    lease.close();
    membership.close();
    cache.close();
  }

  @Override
  public synchronized boolean isRunning() {
    return running;
  }

  @Override
  public int getPhase() {
    return OrchestratorLifecycle.PHASE;
  }
}
