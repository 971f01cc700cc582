package dev.myelin.pubsub;

import dev.myelin.membership.ClusterFolder;
import dev.myelin.membership.ClusterLease;
import dev.myelin.pubsub.delivery.Deliveries;
import dev.myelin.pubsub.membership.FolderMemberStore;
import dev.myelin.pubsub.membership.InMemoryMemberStore;
import dev.myelin.pubsub.membership.MembershipLog;
import dev.myelin.wire.PubSub;
import java.util.UUID;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/// Pubsub as a bean, for a process of its own and for one that holds all core services.
///
/// With a [ClusterFolder] in the context its members outlive the process, and a drain of an
/// orchestrator that lost its lease is refused; without one they end with the process.
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(PubSubProperties.class)
@Import(TopicsConfiguration.class)
public class PubSubConfiguration {

  @Bean
  PubSub pubSub(PubSubProperties properties, ObjectProvider<ClusterFolder> folders) {
    var folder = folders.getIfAvailable();
    var membership =
        new MembershipLog(
            UUID.randomUUID().toString(),
            folder == null ? new InMemoryMemberStore() : new FolderMemberStore(folder),
            properties.retention(),
            () -> folder == null ? 0 : leaseEpoch(folder));
    var threads = Thread.ofVirtual().name("myelin-delivery-", 0).factory();
    var deliveries =
        new Deliveries(membership, task -> threads.newThread(task).start(), properties.backlog());
    return new StreamingPubSub(membership, deliveries);
  }

  private static long leaseEpoch(ClusterFolder folder) {
    return folder.read(folder.lease(), ClusterLease.class).map(ClusterLease::epoch).orElse(0L);
  }
}
