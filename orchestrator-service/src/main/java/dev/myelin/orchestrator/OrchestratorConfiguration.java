package dev.myelin.orchestrator;

import dev.myelin.client.CoreStandIns;
import dev.myelin.client.ServiceClients;
import dev.myelin.membership.ClusterFolder;
import dev.myelin.membership.Resolver;
import dev.myelin.orchestrator.OrchestratorLifecycle.Setting;
import dev.myelin.orchestrator.deploy.Deployer;
import dev.myelin.orchestrator.flag.FlagGate;
import dev.myelin.orchestrator.lease.FileLeaderLease;
import dev.myelin.orchestrator.lease.LeaderLease;
import dev.myelin.orchestrator.lease.LeaseKeeper;
import dev.myelin.orchestrator.observe.CallLedger;
import dev.myelin.orchestrator.observe.MembershipWatch;
import dev.myelin.orchestrator.observe.ReadingsWatch;
import dev.myelin.orchestrator.reconcile.Ground;
import dev.myelin.orchestrator.reconcile.InstanceControls;
import dev.myelin.orchestrator.reconcile.InstanceListener;
import dev.myelin.orchestrator.reconcile.Peers;
import dev.myelin.orchestrator.reconcile.ReconcileSettings;
import dev.myelin.orchestrator.reconcile.ReconcilerAssembly;
import dev.myelin.orchestrator.reconcile.ReconcilerAssembly.Sharing;
import dev.myelin.orchestrator.reconcile.Roster;
import dev.myelin.orchestrator.reconcile.StandInControls;
import dev.myelin.orchestrator.reconcile.Wakeup;
import dev.myelin.orchestrator.scale.DecisionLog;
import dev.myelin.orchestrator.state.DescribedApplication;
import dev.myelin.orchestrator.time.Time;
import dev.myelin.orchestrator.view.ClusterViews;
import dev.myelin.server.HostedServices;
import dev.myelin.wire.Orchestrator;
import dev.myelin.wire.PubSub;
import dev.myelin.wire.ServiceNames;
import dev.myelin.wire.Stethoscope;
import java.util.concurrent.Executor;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.core.env.Environment;

/// The orchestrator's beans, for a process of its own or for one that it shares with other core
/// services.
///
/// Needs from the starter: [ClusterFolder], [Resolver], [ServiceClients], [HostedServices], and
/// [PubSub] and [Stethoscope], each the bean itself or its stand-in. Every [InstanceListener] bean
/// is told of changes of state.
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties({
  InstancesProperties.class,
  ScalingProperties.class,
  RetirementProperties.class,
  LoopProperties.class
})
@Import(LaunchConfiguration.class)
public final class OrchestratorConfiguration {

  private static final int KEPT_DECISIONS = 256;

  /// Created by Spring.
  OrchestratorConfiguration() {}

  @Bean
  Time orchestratorTime() {
    return Time.system();
  }

  @Bean
  Roster orchestratorRoster() {
    return new Roster();
  }

  @Bean
  Wakeup orchestratorWakeup() {
    return new Wakeup();
  }

  @Bean
  DecisionLog scalingDecisionLog() {
    return new DecisionLog(KEPT_DECISIONS);
  }

  @Bean
  CallLedger callLedger() {
    return new CallLedger();
  }

  @Bean
  LeaderLease leaderLease(ClusterFolder folder, Environment environment, Time time) {
    var name =
        environment.getProperty(
            "myelin.instance-id", "orchestrator-" + ProcessHandle.current().pid());
    return new FileLeaderLease(folder, name, time);
  }

  @Bean(destroyMethod = "")
  LeaseKeeper leaseKeeper(LeaderLease lease, LoopProperties loop, Wakeup wakeup) {
    return new LeaseKeeper(lease, loop.renewal(), wakeup::wake);
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
      MembershipWatch membership, StethoscopeSource source, LeaderLease lease, Time time) {
    return new ReconcilingOrchestrator.FlagDesk(
        new FlagGate(),
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

  @Bean
  ReconcileSettings reconcileSettings(
      LaunchProperties launch,
      InstancesProperties instances,
      RetirementProperties retirement,
      LoopProperties loop) {
    int cores = Runtime.getRuntime().availableProcessors();
    var counts =
        new ReconcileSettings.Counts(
            instances.front(), instances.most(), instances.startingOr(cores));
    return new ReconcileSettings(launch.startTimeout(), retirement.limits(), counts, loop.pace());
  }

  @Bean
  Ground orchestratorGround(LeaderLease lease, Deployer deployer, ClusterFolder folder, Time time) {
    return new Ground(lease, deployer, folder, ownThread(), time);
  }

  @Bean
  Sharing orchestratorSharing(
      Roster roster,
      Wakeup wakeup,
      DecisionLog decisions,
      ObjectProvider<InstanceListener> listeners) {
    return new Sharing(roster, wakeup, decisions, listeners.orderedStream().toList());
  }

  @Bean
  OrchestratorLifecycle orchestratorLifecycle(
      DescribedApplication application,
      LeaseKeeper keeper,
      Ground ground,
      ReconcilerAssembly assembly,
      LoopProperties loop) {
    var setting = new Setting(ground.folder(), loop.standby());
    return new OrchestratorLifecycle(application, ground.lease(), keeper, assembly, setting);
  }

  @Bean
  ReconcilerAssembly reconcilerAssembly(
      Ground ground,
      Peers peers,
      Sharing sharing,
      ReconcileSettings settings,
      ScalingProperties scaling) {
    return new ReconcilerAssembly(ground, peers, sharing, settings, scaling.windows());
  }

  @Bean
  Orchestrator orchestrator(
      Sharing sharing,
      Peers peers,
      Ground ground,
      DescribedApplication application,
      ReconcilingOrchestrator.FlagDesk desk) {
    var sources = new ClusterViews.Sources(peers.membership(), peers.readings(), peers.ledger());
    var views = new ClusterViews(sharing.roster(), sources, ground.folder(), ground.deployer());
    return new ReconcilingOrchestrator(
        sharing.roster(), sharing.wakeup(), views, application, desk);
  }

  static Executor ownThread() {
    return Thread::startVirtualThread;
  }
}
