package dev.myelin.benchmarks.kube;

import dev.myelin.kubernetes.KubernetesLeases;
import dev.myelin.orchestrator.kubernetes.apply.ApiWrites;
import dev.myelin.orchestrator.kubernetes.apply.Differences;
import dev.myelin.orchestrator.kubernetes.desired.DesiredObjects;
import dev.myelin.orchestrator.kubernetes.desired.DesiredSettings;
import dev.myelin.orchestrator.kubernetes.desired.DesiredSettings.Share;
import dev.myelin.orchestrator.kubernetes.loop.Demanded;
import dev.myelin.orchestrator.kubernetes.loop.Fleet;
import dev.myelin.orchestrator.kubernetes.loop.KeeperAssembly;
import dev.myelin.orchestrator.kubernetes.loop.KubernetesLoop;
import dev.myelin.orchestrator.kubernetes.loop.ServiceKeeper;
import dev.myelin.orchestrator.kubernetes.resource.Microservice;
import dev.myelin.orchestrator.kubernetes.watch.NamespaceCache;
import dev.myelin.orchestrator.lease.KubernetesLeaderLease;
import dev.myelin.orchestrator.lease.LeaderLease;
import dev.myelin.orchestrator.lease.LeaseKeeper;
import dev.myelin.orchestrator.observe.CallLedger;
import dev.myelin.orchestrator.observe.MembershipWatch;
import dev.myelin.orchestrator.observe.ReadingsWatch;
import dev.myelin.orchestrator.reconcile.Wakeup;
import dev.myelin.orchestrator.scale.DecisionLog;
import dev.myelin.orchestrator.scale.ScalingWindows;
import dev.myelin.orchestrator.time.Time;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;

/// The production loop of an orchestrator, with its Lease, from a cold start until closed.
final class RunningOrchestrator implements AutoCloseable {

  private static final Duration LEASE = Duration.ofSeconds(6);
  private static final Duration TICK = Duration.ofMillis(250);

  private final AtomicReference<ServiceKeeper> keeper = new AtomicReference<>();
  private final Wakeup wakeup = new Wakeup();
  private final KubernetesLeases leases;
  private final LeaseKeeper leaseKeeper;
  private final NamespaceCache cache;
  private final KubernetesLoop loop;

  RunningOrchestrator(KubernetesClient client, String namespace) {
    var time = Time.system();
    var budgets =
        DesiredObjects.budgets(
            client.supports("policy/v1", "PodDisruptionBudget"),
            client.supports("policy/v1beta1", "PodDisruptionBudget"));
    leases =
        new KubernetesLeases(
            client,
            new KubernetesLeases.Scope(namespace, "myelin", "benchmark", LEASE, null),
            Clock.systemUTC());
    var lease = new KubernetesLeaderLease(leases.lease("orchestrator"));
    leaseKeeper =
        new LeaseKeeper(
            lease,
            new LeaseKeeper.Pace(Duration.ofSeconds(1), Duration.ofMillis(200)),
            wakeup::wake,
            () -> {});
    cache =
        new NamespaceCache(
            client,
            namespace,
            budgets,
            service -> {
              keeper.get().changed(service);
              wakeup.wake();
            });
    var settings =
        new DesiredSettings(
            "myelin-core:7070",
            new Share(new Quantity("10m"), new Quantity("16Mi")),
            Duration.ofMinutes(5),
            List.of(),
            null,
            budgets);
    keeper.set(keeper(client, lease, settings, time));
    loop = new KubernetesLoop(lease, wakeup, TICK, keeper.get());
    cache.start();
    leaseKeeper.start();
    loop.start();
  }

  // The windows are those of myelin.core.scaling
  private ServiceKeeper keeper(
      KubernetesClient client, LeaderLease lease, DesiredSettings settings, Time time) {
    var serialization = client.getKubernetesSerialization();
    return new KeeperAssembly(
            new Fleet(
                cache,
                new MembershipWatch(new NobodyListed(), () -> {}),
                new ReadingsWatch(Map::of, Runnable::run, time, new CallLedger()),
                time),
            new DesiredObjects(settings, serialization),
            new Differences(serialization),
            new ApiWrites(client, "benchmark", time),
            lease)
        .assemble(
            new KeeperAssembly.Scaling(
                new ScalingWindows(
                    Duration.ofSeconds(2),
                    Duration.ofSeconds(10),
                    Duration.ofSeconds(2),
                    Duration.ofSeconds(3),
                    Duration.ofSeconds(10),
                    Duration.ofMinutes(5)),
                new DecisionLog(256),
                new Demanded()),
            Thread::startVirtualThread,
            wakeup::wake);
  }

  /// Whether everything has been listed.
  boolean complete() {
    return cache.complete();
  }

  /// Services of which a condition holds, for the resource as it is now.
  ///
  /// @param type of the condition
  long services(String type) {
    return cache.services().stream().filter(resource -> holds(resource, type)).count();
  }

  private static boolean holds(Microservice resource, String type) {
    var status = resource.getStatus();
    return status != null
        && status.conditions().stream()
            .anyMatch(it ->
                it.type().equals(type)
                    && it.status().equals("True")
                    && resource.getMetadata().getGeneration().equals(it.observedGeneration()));
  }

  @Override
  public void close() {
    loop.stop();
    leaseKeeper.close();
    leases.close();
    cache.close();
  }
}
