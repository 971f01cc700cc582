package dev.myelin.pubsub;

import dev.myelin.client.ServiceClients;
import dev.myelin.contract.ServiceContracts;
import dev.myelin.kubernetes.KubernetesLeases;
import dev.myelin.membership.ClusterFolder;
import dev.myelin.membership.ClusterLease;
import dev.myelin.membership.CoreDirectory;
import dev.myelin.membership.SerialScheduler;
import dev.myelin.pubsub.cluster.Acknowledgements;
import dev.myelin.pubsub.cluster.CorePeers;
import dev.myelin.pubsub.cluster.FolderWritership;
import dev.myelin.pubsub.cluster.GoneCores;
import dev.myelin.pubsub.cluster.KubernetesWritership;
import dev.myelin.pubsub.cluster.Peers;
import dev.myelin.pubsub.cluster.SharedMembership;
import dev.myelin.pubsub.cluster.SoleWritership;
import dev.myelin.pubsub.delivery.Deliveries;
import dev.myelin.pubsub.delivery.Departures;
import dev.myelin.pubsub.membership.CopiedMemberStore;
import dev.myelin.pubsub.membership.FolderMemberStore;
import dev.myelin.pubsub.membership.InMemoryMemberStore;
import dev.myelin.pubsub.membership.MembershipHistory;
import dev.myelin.wire.InstanceId;
import dev.myelin.wire.PubSub;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/// Pubsub as a bean, for a process of its own and for one that holds all core services.
///
/// With a [ClusterFolder] in the context its members outlive the process, it shares them with the
/// pubsubs of other processes, and a drain of an orchestrator that lost its lease is refused. With
/// [KubernetesLeases] in the context the same holds, but its members are the copy that each pubsub
/// has. Without either it is the only pubsub, and its members end with the process.
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(PubSubProperties.class)
@Import(TopicsConfiguration.class)
public class PubSubConfiguration {

  private static final Duration LOOK = Duration.ofSeconds(1);

  // For one that has just started beside others; the one that writes may be gone for good
  private static final Duration TIME_TO_LEARN = Duration.ofSeconds(15);

  // The rights that Leases are for; the second is the one orchestrators act under
  static final String WRITERSHIP = "pubsub";
  private static final String ORCHESTRATORS = "orchestrator";

  @Bean
  PubSub pubSub(
      PubSubProperties properties,
      ObjectProvider<ClusterFolder> folders,
      ObjectProvider<KubernetesLeases> leases,
      Surroundings around) {
    var scheduler = SerialScheduler.onThread("myelin-pubsub");
    var history = new MembershipHistory(properties.retention());
    var folder = folders.getIfAvailable();
    var api = leases.getIfAvailable();
    var sharing =
        api == null ? parts(folder, around, scheduler) : inPods(api, history, around, scheduler);
    var membership = new SharedMembership(history, sharing);
    var threads = Thread.ofVirtual().name("myelin-delivery-", 0).factory();
    var deliveries =
        new Deliveries(
            history,
            task -> threads.newThread(task).start(),
            properties.backlog(),
            new Departures(Acknowledgements.LEASE, scheduler::nanoTime));
    var acknowledgements =
        new Acknowledgements(
            around.self(), deliveries, history, around.peers(), scheduler::nanoTime);
    membership.start();
    scheduler.repeat(LOOK, acknowledgements::look);
    if (api != null) {
      var gone =
          new GoneCores(membership, history, around.self(), around.peers(), scheduler::nanoTime);
      scheduler.repeat(LOOK, gone::look);
    }
    return new StreamingPubSub(membership, deliveries, acknowledgements);
  }

  /// The process that a pubsub is part of.
  ///
  /// @param self its id
  /// @param peers other pubsubs that it can call
  record Surroundings(InstanceId self, Peers peers) {}

  @Bean
  Surroundings pubSubSurroundings(
      ObjectProvider<InstanceId> self,
      ObjectProvider<CoreDirectory> directories,
      ObjectProvider<ServiceClients> clients,
      ObjectProvider<KubernetesLeases> leases) {
    var id = self.getIfAvailable(() -> new InstanceId("pubsub"));
    var directory = directories.getIfAvailable();
    if (directory == null) {
      return new Surroundings(id, List::of);
    }
    var contract = ServiceContracts.of(PubSub.class);
    return new Surroundings(
        id,
        new CorePeers(
            id,
            directory,
            endpoint -> (PubSub) clients.getObject().standIn(contract, endpoint),
            leases.getIfAvailable() == null ? CorePeers::endedHere : _ -> false));
  }

  private static SharedMembership.Parts parts(
      @Nullable ClusterFolder folder, Surroundings around, SerialScheduler scheduler) {
    if (folder == null) {
      return new SharedMembership.Parts(
          around.self(),
          new SoleWritership(UUID.randomUUID().toString()),
          new InMemoryMemberStore(),
          () -> 0,
          around.peers(),
          scheduler,
          RandomGenerator.getDefault());
    }
    return new SharedMembership.Parts(
        around.self(),
        new FolderWritership(folder, around.self(), Clock.systemUTC()),
        new FolderMemberStore(folder),
        () -> leaseEpoch(folder),
        around.peers(),
        scheduler,
        RandomGenerator.getDefault());
  }

  private static SharedMembership.Parts inPods(
      KubernetesLeases leases,
      MembershipHistory history,
      Surroundings around,
      SerialScheduler scheduler) {
    long began = scheduler.nanoTime();
    var writership =
        new KubernetesWritership(
            leases.lease(WRITERSHIP),
            () ->
                history.version() > 0
                    || around.peers().others().isEmpty()
                    || scheduler.nanoTime() - began > TIME_TO_LEARN.toNanos());
    return new SharedMembership.Parts(
        around.self(),
        writership,
        new CopiedMemberStore(history),
        leases.lease(ORCHESTRATORS)::newestEpoch,
        around.peers(),
        scheduler,
        RandomGenerator.getDefault());
  }

  private static long leaseEpoch(ClusterFolder folder) {
    return folder.read(folder.lease(), ClusterLease.class).map(ClusterLease::epoch).orElse(0L);
  }
}
