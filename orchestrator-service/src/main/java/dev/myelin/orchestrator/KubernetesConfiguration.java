package dev.myelin.orchestrator;

import dev.myelin.client.ServiceClients;
import dev.myelin.contract.ServiceContracts;
import dev.myelin.membership.Resolver;
import dev.myelin.orchestrator.flag.FlagMemory;
import dev.myelin.orchestrator.kubernetes.answer.EventFlags;
import dev.myelin.orchestrator.kubernetes.answer.HeldOrchestrator;
import dev.myelin.orchestrator.kubernetes.answer.KubernetesOrchestrator;
import dev.myelin.orchestrator.kubernetes.answer.KubernetesOrchestrator.Flags;
import dev.myelin.orchestrator.kubernetes.answer.KubernetesOrchestrator.Records;
import dev.myelin.orchestrator.kubernetes.apply.ApiWrites;
import dev.myelin.orchestrator.kubernetes.apply.Differences;
import dev.myelin.orchestrator.kubernetes.apply.Writes;
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
import dev.myelin.orchestrator.lease.LeaderLease;
import dev.myelin.orchestrator.lease.LeaseKeeper;
import dev.myelin.orchestrator.observe.CallLedger;
import dev.myelin.orchestrator.observe.MembershipWatch;
import dev.myelin.orchestrator.observe.ReadingsWatch;
import dev.myelin.orchestrator.reconcile.Wakeup;
import dev.myelin.orchestrator.scale.DecisionLog;
import dev.myelin.orchestrator.time.Time;
import dev.myelin.wire.Endpoint;
import dev.myelin.wire.InstanceId;
import dev.myelin.wire.Member;
import dev.myelin.wire.Orchestrator;
import dev.myelin.wire.ServiceNames;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

/// The orchestrator of a Kubernetes cluster: what is desired are its custom resources, and the API
/// starts and ends the pods.
@Configuration(proxyBeanMethods = false)
@Conditional(OnKubernetes.class)
@EnableConfigurationProperties({PodsProperties.class, ExposeProperties.class})
class KubernetesConfiguration {

  private static final int KEPT_DECISIONS = 256;
  private static final String[] NONE = {};

  @Bean
  DecisionLog scalingDecisionLog() {
    return new DecisionLog(KEPT_DECISIONS);
  }

  @Bean
  Demanded demandedServices() {
    return new Demanded();
  }

  @Bean
  DesiredSettings desiredSettings(
      PodsProperties pods, Environment environment, KubernetesClient client) {
    return new DesiredSettings(
        String.join(",", environment.getProperty("myelin.core.address", String[].class, NONE)),
        new Share(new Quantity(pods.cpu()), new Quantity(pods.memory())),
        pods.startTimeout(),
        pods.preferredNodes(),
        pods.serviceAccount(),
        DesiredObjects.budgets(has(client, "policy/v1"), has(client, "policy/v1beta1")));
  }

  private static boolean has(KubernetesClient client, String version) {
    return client.supports(version, "PodDisruptionBudget");
  }

  @Bean
  RouteSettings routeSettings(ExposeProperties expose, KubernetesClient client) {
    return new RouteSettings(
        new RouteSettings.Gateway(expose.service(), expose.port(), expose.secure()),
        expose.kinds(),
        expose.kinds().stream()
            .filter(kind -> client.supports(kind.apiVersion(), kind.kind()))
            .collect(Collectors.toSet()));
  }

  @Bean
  NamespaceCache namespaceCache(
      KubernetesClient client,
      Environment environment,
      DesiredSettings settings,
      RouteSettings routes,
      ObjectProvider<ServiceKeeper> keeper,
      Wakeup wakeup) {
    return new NamespaceCache(
        client,
        namespace(client, environment),
        new NamespaceCache.Kinds(settings.budgets(), routes.present()),
        service -> {
          keeper.getObject().changed(service);
          wakeup.wake();
        });
  }

  private static String namespace(KubernetesClient client, Environment environment) {
    var given = environment.getProperty("myelin.kubernetes.namespace");
    return given == null || given.isBlank()
        ? Objects.requireNonNullElse(client.getNamespace(), "default")
        : given;
  }

  @Bean
  Fleet fleet(NamespaceCache cache, MembershipWatch membership, ReadingsWatch readings, Time time) {
    return new Fleet(cache, membership, readings, time);
  }

  @Bean
  Writes apiWrites(KubernetesClient client, InstanceId self, Time time) {
    return new ApiWrites(client, self.value(), time);
  }

  @Bean
  ServiceKeeper serviceKeeper(
      Fleet fleet,
      DesiredSettings settings,
      RouteSettings routes,
      KubernetesClient client,
      Writes writes,
      LeaderLease lease,
      KeeperAssembly.Scaling scaling,
      Wakeup wakeup) {
    var serialization = client.getKubernetesSerialization();
    return new KeeperAssembly(
            fleet,
            new DesiredObjects(settings, serialization),
            new DesiredRoutes(routes, serialization),
            new Differences(serialization),
            writes,
            lease)
        .assemble(scaling, OrchestratorConfiguration.ownThread(), wakeup::wake);
  }

  @Bean
  KeeperAssembly.Scaling serviceScaling(
      ScalingProperties scaling, DecisionLog decisions, Demanded demanded) {
    return new KeeperAssembly.Scaling(scaling.windows(), decisions, demanded);
  }

  @Bean
  FlagMemory flagMemory(
      KubernetesClient client, Environment environment, LeaderLease lease, Time time) {
    return EventFlags.of(client, namespace(client, environment), lease, time);
  }

  @Bean
  KubernetesLifecycle orchestratorLifecycle(
      LeaderLease lease,
      LeaseKeeper leaseKeeper,
      Wakeup wakeup,
      LoopProperties loop,
      ServiceKeeper keeper,
      NamespaceCache cache,
      MembershipWatch membership) {
    return new KubernetesLifecycle(
        cache, membership, leaseKeeper, new KubernetesLoop(lease, wakeup, loop.tick(), keeper));
  }

  @Bean
  Orchestrator orchestrator(
      Fleet fleet,
      Records records,
      ReconcilingOrchestrator.FlagDesk desk,
      Writes writes,
      InstanceId self,
      Resolver resolver,
      ServiceClients clients) {
    var flags =
        new Flags(
            desk.gate(),
            desk.situation(),
            desk.lease(),
            writes,
            OrchestratorConfiguration.ownThread());
    var contract = ServiceContracts.of(Orchestrator.class);
    return new HeldOrchestrator(
        new KubernetesOrchestrator(fleet, records, flags),
        self,
        desk.lease(),
        id ->
            endpoint(resolver, id)
                .map(endpoint -> (Orchestrator) clients.standIn(contract, endpoint)));
  }

  @Bean
  Records orchestratorRecords(
      CallLedger ledger, DecisionLog decisions, Demanded demanded, Wakeup wakeup) {
    return new Records(ledger, decisions, demanded, wakeup::wake);
  }

  private static Optional<Endpoint> endpoint(Resolver resolver, InstanceId id) {
    return resolver.snapshot(ServiceNames.ORCHESTRATOR).members().stream()
        .map(Member::instance)
        .filter(instance -> instance.id().equals(id))
        .map(instance -> instance.endpoint())
        .findFirst();
  }

  /// Whether the API can be worked with, for the actuator.
  @Configuration(proxyBeanMethods = false)
  @ConditionalOnClass(HealthIndicator.class)
  static class ApiHealth {

    @Bean
    HealthIndicator kubernetesApiHealthIndicator(ServiceKeeper keeper, NamespaceCache cache) {
      return new ApiHealthIndicator(keeper::outage, cache::unwatched);
    }
  }
}
