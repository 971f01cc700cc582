package dev.myelin.autoconfigure;

import dev.myelin.Hosting;
import dev.myelin.client.CallCounters;
import dev.myelin.client.CoreStandIns;
import dev.myelin.client.NetworkClients;
import dev.myelin.client.ServiceClients;
import dev.myelin.contract.DeclaredServices;
import dev.myelin.contract.ServiceContracts;
import dev.myelin.membership.CalledStethoscopes;
import dev.myelin.membership.CoreDirectory;
import dev.myelin.membership.Farewell;
import dev.myelin.membership.LeaveNotice;
import dev.myelin.membership.LoadSource;
import dev.myelin.membership.MembershipFeed;
import dev.myelin.membership.PubSubs;
import dev.myelin.membership.RankedPubSubs;
import dev.myelin.membership.StethoscopeLine;
import dev.myelin.server.CallServer;
import dev.myelin.transport.Transport;
import dev.myelin.wire.ApplicationDescription;
import dev.myelin.wire.CallTotals;
import dev.myelin.wire.InstanceControl;
import dev.myelin.wire.InstanceId;
import dev.myelin.wire.Orchestrator;
import dev.myelin.wire.PubSub;
import dev.myelin.wire.ServiceLoad;
import dev.myelin.wire.ServiceNames;
import dev.myelin.wire.Stethoscope;
import java.util.List;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.core.env.Environment;

/// A process's place in a cluster: who else is there, and that it is there itself.
///
/// What is different where the state of the cluster is a folder, in pods, and outside is imported.
@Configuration(proxyBeanMethods = false)
@Conditional(OnClusterCondition.class)
@Import({FolderConfiguration.class, PodConfiguration.class, OutsideConfiguration.class})
class MembershipConfiguration {

  /// The process's own where it hosts one, all of the cluster otherwise.
  @Bean
  @ConditionalOnMissingBean
  PubSubs myelinPubSubs(
      InstanceId id,
      Environment environment,
      ObjectProvider<PubSub> pubsub,
      CoreDirectory directory,
      ObjectProvider<ServiceClients> clients) {
    if (Hosting.of(environment).services().contains(ServiceNames.PUBSUB)) {
      return PubSubs.only(pubsub::getObject);
    }
    var contract = ServiceContracts.of(PubSub.class);
    return new RankedPubSubs(
        id, directory, endpoint -> (PubSub) clients.getObject().standIn(contract, endpoint));
  }

  @Bean
  MembershipFeed myelinMembershipFeed(InstanceId id, PubSubs pubsubs, CoreDirectory directory) {
    return new MembershipFeed(id, pubsubs, directory);
  }

  @Bean
  Farewell myelinFarewell(ObjectProvider<Orchestrator> orchestrator, CoreDirectory directory) {
    return new Farewell(orchestrator::getObject, directory);
  }

  @Bean
  LeaveNotice myelinLeaveNotice(
      InstanceId id, ObjectProvider<PubSub> pubsub, CoreDirectory directory) {
    return new LeaveNotice(id, pubsub::getObject, directory);
  }

  @Bean
  LoadSource myelinLoadSource(
      ObjectProvider<CallServer> server,
      CallCounters counters,
      ObjectProvider<NetworkClients> clients) {
    return new LoadSource() {
      @Override
      public List<ServiceLoad> served() {
        return server.getObject().loads();
      }

      @Override
      public CallTotals made() {
        return counters.totals();
      }

      @Override
      public List<InstanceId> suspected() {
        return clients.stream().flatMap(each -> each.suspects().stream()).toList();
      }
    };
  }

  @Bean
  ProcessParts.Identity myelinProcessIdentity(
      InstanceId id, ApplicationDescription description, DeclaredServices declared) {
    return new ProcessParts.Identity(id, description, declared);
  }

  @Bean
  @Conditional(OnClusterCondition.Inside.class)
  ProcessParts.Path myelinCallEntry(
      Transport transport,
      CallServer server,
      CallPathConfiguration.Greeting greeting,
      MyelinProperties properties,
      Environment environment) {
    return new ProcessParts.Path(
        transport, server, greeting, properties, PodAddress.advertised(environment));
  }

  @Bean
  @Conditional(OnClusterCondition.Inside.class)
  ProcessParts.Membership myelinProcessMembership(
      Presence presence,
      MembershipFeed feed,
      LoadSource load,
      ObjectProvider<PubSub> pubsub,
      StethoscopeLine stethoscopes,
      Farewell farewell,
      LeaveNotice notice) {
    return new ProcessParts.Membership(
        presence, feed, load, pubsub, stethoscopes, farewell, notice);
  }

  @Bean
  @ConditionalOnMissingBean
  CoreStandIns myelinCoreStandIns(
      InstanceId id, DeclaredServices declared, ServiceClients clients) {
    return new CoreStandIns(id, declared, clients);
  }

  @Bean
  StethoscopeLine myelinStethoscopeLine(
      InstanceId id,
      MembershipFeed feed,
      ObjectProvider<CoreStandIns> standIns,
      ObjectProvider<Stethoscope> local) {
    return new CalledStethoscopes(
        id,
        () -> feed.snapshot(ServiceNames.STETHOSCOPE),
        process -> standIns.getObject().at(Stethoscope.class, process, local::getObject));
  }

  @Bean
  @Conditional(OnClusterCondition.Inside.class)
  ClusterProcess myelinClusterProcess(
      ProcessParts.Identity identity,
      ConfigurableApplicationContext context,
      ProcessParts.Path path,
      ProcessParts.Membership membership,
      LifecycleProperties limits) {
    return new ClusterProcess(new ProcessParts(identity, context, path, membership, limits));
  }

  @Bean
  @Conditional(OnClusterCondition.Inside.class)
  InstanceControl myelinInstanceControl(ObjectProvider<ClusterProcess> process) {
    return new ProcessControl(process);
  }
}
