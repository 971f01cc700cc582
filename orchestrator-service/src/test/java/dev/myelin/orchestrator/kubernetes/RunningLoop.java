package dev.myelin.orchestrator.kubernetes;

import dev.myelin.kubernetes.KubernetesLeases;
import dev.myelin.membership.Resolver;
import dev.myelin.membership.Snapshot;
import dev.myelin.orchestrator.kubernetes.answer.EventFlags;
import dev.myelin.orchestrator.kubernetes.apply.ApiWrites;
import dev.myelin.orchestrator.kubernetes.apply.Change;
import dev.myelin.orchestrator.kubernetes.apply.Differences;
import dev.myelin.orchestrator.kubernetes.desired.DesiredObjects;
import dev.myelin.orchestrator.kubernetes.desired.DesiredRoutes;
import dev.myelin.orchestrator.kubernetes.desired.DesiredSettings;
import dev.myelin.orchestrator.kubernetes.desired.DesiredSettings.Share;
import dev.myelin.orchestrator.kubernetes.desired.RouteSettings;
import dev.myelin.orchestrator.kubernetes.loop.Demanded;
import dev.myelin.orchestrator.kubernetes.loop.Fleet;
import dev.myelin.orchestrator.kubernetes.loop.KeeperAssembly;
import dev.myelin.orchestrator.kubernetes.loop.KubernetesLoop;
import dev.myelin.orchestrator.kubernetes.loop.ServiceKeeper;
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
import java.util.function.Consumer;

/// The production loop of an orchestrator that nobody has registered at, with its Lease, from its
/// start until it is closed.
public final class RunningLoop implements AutoCloseable {

  /// Over what times load is judged where nothing else is to be waited for.
  static final ScalingWindows SHORT = windows(Duration.ofSeconds(1));

  private static final Duration TICK = Duration.ofMillis(250);
  private static final LeaseKeeper.Pace PACE =
      new LeaseKeeper.Pace(Duration.ofSeconds(1), Duration.ofMillis(200));

  private final AtomicReference<ServiceKeeper> keeper = new AtomicReference<>();
  private final Wakeup wakeup = new Wakeup();
  private final KubernetesClient client;
  private final KubernetesLeases leases;
  private final LeaseKeeper leaseKeeper;
  private final ApiWrites writes;
  private final EventFlags flags;
  private final DesiredRoutes desiredRoutes;
  private final NamespaceCache cache;
  private final KubernetesLoop loop;

  /// Starts it.
  ///
  /// @param client of the API
  /// @param namespace where the services are
  /// @param routes which routes they may have
  /// @param windows over what times load is judged
  public RunningLoop(
      KubernetesClient client, String namespace, RouteSettings routes, ScalingWindows windows) {
    var time = Time.system();
    this.client = client;
    leases =
        new KubernetesLeases(
            client,
            new KubernetesLeases.Scope(
                namespace, "myelin", "it", Duration.ofSeconds(6), "myelin-core"),
            Clock.systemUTC());
    writes = new ApiWrites(client, "it", time);
    desiredRoutes = new DesiredRoutes(routes, client.getKubernetesSerialization());
    var lease = new KubernetesLeaderLease(leases.lease("orchestrator"));
    flags = EventFlags.of(client, namespace, lease, time);
    var budgets =
        DesiredObjects.budgets(
            client.supports("policy/v1", "PodDisruptionBudget"),
            client.supports("policy/v1beta1", "PodDisruptionBudget"));
    cache =
        new NamespaceCache(
            client,
            namespace,
            new NamespaceCache.Kinds(budgets, routes.present()),
            service -> {
              keeper.get().changed(service);
              wakeup.wake();
            });
    var settings =
        new DesiredSettings(
            "myelin-core:7070",
            new Share(new Quantity("10m"), new Quantity("16Mi")),
            Duration.ofMinutes(2),
            List.of("myelin.dev/fast=true"),
            null,
            budgets);
    keeper.set(keeper(settings, windows, lease, time));
    leaseKeeper = new LeaseKeeper(lease, PACE, wakeup::wake, () -> {});
    loop = new KubernetesLoop(lease, wakeup, TICK, keeper.get());
    cache.start();
    leaseKeeper.start();
    loop.start();
  }

  private static ScalingWindows windows(Duration each) {
    return new ScalingWindows(each, each, each, each, each, each);
  }

  private ServiceKeeper keeper(
      DesiredSettings settings, ScalingWindows windows, LeaderLease lease, Time time) {
    var serialization = client.getKubernetesSerialization();
    var fleet =
        new Fleet(
            cache,
            new MembershipWatch(new NobodyListed(), () -> {}),
            new ReadingsWatch(Map::of, Runnable::run, time, new CallLedger()),
            time);
    return new KeeperAssembly(
            fleet,
            new DesiredObjects(settings, serialization),
            desiredRoutes,
            new Differences(serialization),
            writes,
            lease)
        .assemble(
            new KeeperAssembly.Scaling(windows, new DecisionLog(10), new Demanded()),
            Thread::startVirtualThread,
            wakeup::wake);
  }

  /// What it sees.
  public NamespaceCache cache() {
    return cache;
  }

  /// What was killed lately.
  EventFlags flags() {
    return flags;
  }

  /// What it writes by.
  ApiWrites writes() {
    return writes;
  }

  /// What would be changed about the routes of a service.
  List<Change> changesOfRoutes(String service) {
    return new Differences(client.getKubernetesSerialization())
        .between(desiredRoutes.of(cache.service(service).orElseThrow()), cache.routes(service), 1);
  }

  @Override
  public void close() {
    loop.stop();
    leaseKeeper.close();
    cache.close();
    leases.close();
  }

  private static final class NobodyListed implements Resolver {

    @Override
    public Snapshot snapshot(String service) {
      return Snapshot.EMPTY;
    }

    @Override
    public Snapshot awaitChange(String service, Snapshot known, Duration limit) {
      return known;
    }

    @Override
    public AutoCloseable listen(String service, Consumer<Snapshot> listener) {
      return () -> {};
    }
  }
}
