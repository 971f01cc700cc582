package dev.myelin.pubsub;

import dev.myelin.client.ServiceClients;
import dev.myelin.contract.ServiceContracts;
import dev.myelin.membership.ClusterFolder;
import dev.myelin.membership.ClusterLease;
import dev.myelin.membership.CoreDirectory;
import dev.myelin.membership.SerialScheduler;
import dev.myelin.pubsub.cluster.Acknowledgements;
import dev.myelin.pubsub.cluster.CorePeers;
import dev.myelin.pubsub.cluster.FolderWritership;
import dev.myelin.pubsub.cluster.Peers;
import dev.myelin.pubsub.cluster.SharedMembership;
import dev.myelin.pubsub.cluster.SoleWritership;
import dev.myelin.pubsub.delivery.Deliveries;
import dev.myelin.pubsub.delivery.Departures;
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
/// pubsubs of other processes, and a drain of an orchestrator that lost its lease is refused;
/// without one it is the only pubsub, and its members end with the process.
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(PubSubProperties.class)
@Import(TopicsConfiguration.class)
public class PubSubConfiguration {

  private static final Duration LOOK = Duration.ofSeconds(1);

  @Bean
  PubSub pubSub(
      PubSubProperties properties, ObjectProvider<ClusterFolder> folders, Surroundings around) {
    var scheduler = SerialScheduler.onThread("myelin-pubsub");
    var history = new MembershipHistory(properties.retention());
    var folder = folders.getIfAvailable();
    var membership = new SharedMembership(history, parts(folder, around, scheduler));
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
      ObjectProvider<ServiceClients> clients) {
    var id = self.getIfAvailable(() -> new InstanceId("pubsub"));
    var directory = directories.getIfAvailable();
    if (directory == null) {
      return new Surroundings(id, List::of);
    }
    var contract = ServiceContracts.of(PubSub.class);
    return new Surroundings(
        id,
        new CorePeers(
            id, directory, endpoint -> (PubSub) clients.getObject().standIn(contract, endpoint)));
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

  private static long leaseEpoch(ClusterFolder folder) {
    return folder.read(folder.lease(), ClusterLease.class).map(ClusterLease::epoch).orElse(0L);
  }
}
