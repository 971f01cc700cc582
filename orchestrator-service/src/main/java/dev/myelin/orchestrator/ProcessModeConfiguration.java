package dev.myelin.orchestrator;

import dev.myelin.client.ServiceClients;
import dev.myelin.contract.ServiceContracts;
import dev.myelin.membership.ClusterFolder;
import dev.myelin.membership.ClusterLease;
import dev.myelin.orchestrator.OrchestratorLifecycle.Setting;
import dev.myelin.orchestrator.ReconcilingOrchestrator.Desks;
import dev.myelin.orchestrator.deploy.Deployer;
import dev.myelin.orchestrator.flag.FlagMemory;
import dev.myelin.orchestrator.lease.FileLeaderLease;
import dev.myelin.orchestrator.lease.HungHolder;
import dev.myelin.orchestrator.lease.LeaderLease;
import dev.myelin.orchestrator.lease.LeaseKeeper;
import dev.myelin.orchestrator.reconcile.Ending;
import dev.myelin.orchestrator.reconcile.Ground;
import dev.myelin.orchestrator.reconcile.InstanceControls;
import dev.myelin.orchestrator.reconcile.InstanceListener;
import dev.myelin.orchestrator.reconcile.Peers;
import dev.myelin.orchestrator.reconcile.ReconcileSettings;
import dev.myelin.orchestrator.reconcile.ReconcilerAssembly;
import dev.myelin.orchestrator.reconcile.ReconcilerAssembly.Sharing;
import dev.myelin.orchestrator.reconcile.Roster;
import dev.myelin.orchestrator.reconcile.Wakeup;
import dev.myelin.orchestrator.retire.Certificates;
import dev.myelin.orchestrator.rollout.RolloutDesk;
import dev.myelin.orchestrator.rollout.RolloutStore;
import dev.myelin.orchestrator.scale.DecisionLog;
import dev.myelin.orchestrator.state.ApplicationDescriber;
import dev.myelin.orchestrator.state.ApplicationDescriber.Program;
import dev.myelin.orchestrator.state.Demands;
import dev.myelin.orchestrator.state.DescribedApplication;
import dev.myelin.orchestrator.state.FolderDecisions;
import dev.myelin.orchestrator.state.FolderFlags;
import dev.myelin.orchestrator.state.RequestedStop;
import dev.myelin.orchestrator.time.Time;
import dev.myelin.orchestrator.view.ApplicationViews;
import dev.myelin.orchestrator.view.ClusterViews;
import dev.myelin.wire.InstanceId;
import dev.myelin.wire.Orchestrator;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;

/// The orchestrator of a cluster on one host: its state is the cluster's folder, and it starts and
/// ends processes or containers by itself.
@Configuration(proxyBeanMethods = false)
@Conditional(OnKubernetes.Not.class)
class ProcessModeConfiguration {

  static final int KEPT_DECISIONS = 256;

  @Bean
  Roster orchestratorRoster() {
    return new Roster();
  }

  @Bean
  DecisionLog scalingDecisionLog(ClusterFolder folder) {
    return new DecisionLog(KEPT_DECISIONS, new FolderDecisions(folder));
  }

  @Bean
  LeaderLease leaderLease(ClusterFolder folder, InstanceId self, Time time) {
    return new FileLeaderLease(folder, self.value(), time);
  }

  @Bean
  FlagMemory flagMemory(ClusterFolder folder, LeaderLease lease, Time time) {
    return new FolderFlags(folder, lease, time);
  }

  @Bean(destroyMethod = "")
  LeaseKeeper leaseKeeper(
      LeaderLease lease, LoopProperties loop, Wakeup wakeup, HungHolder hungHolder) {
    return new LeaseKeeper(lease, loop.leasePace(), wakeup::wake, hungHolder::look);
  }

  @Bean
  HungHolder hungHolder(
      ClusterFolder folder,
      LoopProperties loop,
      InstanceControls controls,
      Deployer deployer,
      Time time) {
    var cores = new CoreProcesses(folder, controls, deployer);
    return new HungHolder(
        () -> folder.read(folder.lease(), ClusterLease.class),
        loop.hungAfter(),
        cores::answers,
        cores::end,
        time);
  }

  @Bean
  ReconcileSettings reconcileSettings(
      LaunchProperties launch,
      ProcessesProperties instances,
      RetirementProperties retirement,
      LoopProperties loop,
      CoresProperties processes,
      RolloutProperties rollout) {
    int cores = Runtime.getRuntime().availableProcessors();
    var counts =
        new ReconcileSettings.Counts(
            instances.front(), instances.most(), instances.startingOr(cores), processes.others());
    return new ReconcileSettings(
        launch.startTimeout(), retirement.limits(), counts, loop.pace(), rollout.settings());
  }

  @Bean
  Ground orchestratorGround(
      InstanceId self, LeaderLease lease, Deployer deployer, ClusterFolder folder, Time time) {
    return new Ground(self, lease, deployer, folder, OrchestratorConfiguration.ownThread(), time);
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
      LoopProperties loop,
      Program program,
      CoresProperties cores,
      ConfigurableApplicationContext context) {
    var ending =
        new Ending(
            ground.self(),
            cores.member() ? Ending.Kind.HAND_OVER : Ending.Kind.WHOLE_CLUSTER,
            new RequestedStop(ground.folder()),
            () -> end(context));
    var setting = new Setting(ground.folder(), loop.standby(), program.jar(), ending);
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
      ApplicationDescriber describer,
      ReconcilingOrchestrator.FlagDesk flags,
      ServiceClients clients) {
    var sources = new ClusterViews.Sources(peers.membership(), peers.readings(), peers.ledger());
    var views = new ClusterViews(sharing.roster(), sources, ground.folder(), ground.deployer());
    var own =
        new ReconcilingOrchestrator(
            sharing, views, application, desks(sharing, ground, describer), flags);
    var contract = ServiceContracts.of(Orchestrator.class);
    return new ActingOrchestrator(
        own,
        ground.self(),
        ground.lease(),
        ground.folder(),
        endpoint -> (Orchestrator) clients.standIn(contract, endpoint));
  }

  private static Desks desks(Sharing sharing, Ground ground, ApplicationDescriber describer) {
    var desk =
        new RolloutDesk(
            new RolloutStore(ground.folder()),
            describer::describe,
            ground.time(),
            sharing.wakeup()::wake);
    return new Desks(
        desk,
        new ApplicationViews(desk, ground.folder()),
        new Certificates(ground.folder(), ground.time(), ReconcilerAssembly.KEPT_CERTIFICATES),
        new FolderDecisions(ground.folder()),
        new Demands(ground.folder()));
  }

  // On a thread of its own, because the end of the context waits for the loop
  private static void end(ConfigurableApplicationContext context) {
    Thread.ofPlatform()
        .name("cluster-end")
        .start(() -> System.exit(SpringApplication.exit(context)));
  }
}
