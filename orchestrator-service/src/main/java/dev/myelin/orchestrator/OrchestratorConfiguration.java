package dev.myelin.orchestrator;

import dev.myelin.client.CoreStandIns;
import dev.myelin.client.ServiceClients;
import dev.myelin.membership.Resolver;
import dev.myelin.orchestrator.flag.FlagGate;
import dev.myelin.orchestrator.flag.FlagMemory;
import dev.myelin.orchestrator.lease.LeaderLease;
import dev.myelin.orchestrator.observe.CallLedger;
import dev.myelin.orchestrator.observe.MembershipWatch;
import dev.myelin.orchestrator.observe.ReadingsWatch;
import dev.myelin.orchestrator.reconcile.InstanceControls;
import dev.myelin.orchestrator.reconcile.Peers;
import dev.myelin.orchestrator.reconcile.StandInControls;
import dev.myelin.orchestrator.reconcile.Wakeup;
import dev.myelin.orchestrator.time.Time;
import dev.myelin.server.HostedServices;
import dev.myelin.wire.PubSub;
import dev.myelin.wire.ServiceNames;
import dev.myelin.wire.Stethoscope;
import java.util.concurrent.Executor;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/// The orchestrator's beans, for a process of its own or for one that it shares with other core
/// services.
///
/// Needs from the starter: [Resolver], [ServiceClients], [HostedServices], a
/// [dev.myelin.membership.ClusterFolder] on one host, and [PubSub] and [Stethoscope], each the bean
/// itself or its stand-in. Every [dev.myelin.orchestrator.reconcile.InstanceListener] bean is told
/// of changes of state.
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties({
  ProcessesProperties.class,
  CoresProperties.class,
  ScalingProperties.class,
  RetirementProperties.class,
  RolloutProperties.class,
  LoopProperties.class
})
@Import({
  LaunchConfiguration.class,
  DockerConfiguration.class,
  ProcessModeConfiguration.class,
  KubernetesLeaseConfiguration.class,
  KubernetesConfiguration.class
})
public final class OrchestratorConfiguration {

  /// Created by Spring.
  OrchestratorConfiguration() {}

  @Bean
  Time orchestratorTime() {
    return Time.system();
  }

  @Bean
  Wakeup orchestratorWakeup() {
    return new Wakeup();
  }

  @Bean
  CallLedger callLedger() {
    return new CallLedger();
  }

  // The lifecycle closes it, after the last instance has gone
  @Bean(destroyMethod = "")
  MembershipWatch membershipWatch(Resolver resolver, Wakeup wakeup) {
    return new MembershipWatch(resolver, wakeup::wake);
  }

  @Bean
  ReadingsWatch readingsWatch(StethoscopeSource source, Time time, CallLedger ledger) {
    return new ReadingsWatch(source::stethoscopes, ownThread(), time, ledger);
  }

  @Bean
  StethoscopeSource stethoscopeSource(
      Resolver resolver, Stethoscope stethoscope, ObjectProvider<CoreStandIns> standIns) {
    return new StethoscopeSource(resolver, stethoscope, standIns::getObject);
  }

  @Bean
  ReconcilingOrchestrator.FlagDesk flagDesk(
      MembershipWatch membership,
      StethoscopeSource source,
      LeaderLease lease,
      Time time,
      ObjectProvider<FlagMemory> memory) {
    return new ReconcilingOrchestrator.FlagDesk(
        new FlagGate(memory.getIfAvailable(() -> FlagMemory.NONE)),
        () -> new FlagGate.Situation(source.ids(), membership.census()),
        lease,
        time);
  }

  @Bean
  InstanceControls instanceControls(ServiceClients clients, ObjectProvider<HostedServices> hosted) {
    // Every process hosts it, this one too, so its contract is at hand
    return new StandInControls(
        clients,
        () ->
            hosted.getObject().services().stream()
                .map(HostedServices.Hosted::contract)
                .filter(contract -> contract.name().equals(ServiceNames.INSTANCE))
                .findFirst()
                .orElseThrow());
  }

  @Bean
  Peers orchestratorPeers(
      PubSub pubSub,
      InstanceControls controls,
      MembershipWatch membership,
      ReadingsWatch readings,
      CallLedger ledger) {
    return new Peers(pubSub, controls, membership, readings, ledger);
  }

  static Executor ownThread() {
    return Thread::startVirtualThread;
  }
}
