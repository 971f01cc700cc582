package dev.myelin.pubsub;

import dev.myelin.client.ServiceClients;
import dev.myelin.contract.ServiceContract;
import dev.myelin.contract.ServiceContracts;
import dev.myelin.kubernetes.KubernetesLeases;
import dev.myelin.membership.ClusterFolder;
import dev.myelin.membership.CoreDirectory;
import dev.myelin.membership.SerialScheduler;
import dev.myelin.pubsub.broker.FolderTopicStore;
import dev.myelin.pubsub.broker.NatsBroker;
import dev.myelin.pubsub.topic.FolderSeat;
import dev.myelin.pubsub.topic.LeaseSeat;
import dev.myelin.pubsub.topic.Seat;
import dev.myelin.pubsub.topic.SharedTopics;
import dev.myelin.topic.broker.BrokerTopics;
import dev.myelin.topic.broker.QueueBroker;
import dev.myelin.wire.Endpoint;
import dev.myelin.wire.Instance;
import dev.myelin.wire.InstanceId;
import dev.myelin.wire.ServiceNames;
import dev.myelin.wire.Topics;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.ssl.DefaultSslBundleRegistry;
import org.springframework.boot.ssl.SslBundles;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/// Application topics as a bean.
///
/// With a [ClusterFolder] in the context the embedded broker keeps its events there, one process at
/// a time. In pods it keeps them in the memory of the one core process that writes the membership,
/// with which they end: NATS is for what has to last. Without either they end with the process.
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(BrokerProperties.class)
class TopicsConfiguration {

  @Bean
  Topics myelinTopics(
      BrokerProperties properties,
      ObjectProvider<ClusterFolder> folders,
      ObjectProvider<SslBundles> bundles,
      ObjectProvider<InstanceId> self,
      ObjectProvider<KubernetesLeases> leases,
      Peers peers) {
    return switch (properties.broker()) {
      case NATS ->
          new BrokerTopics(
              new NatsBroker(
                  properties.natsSettings(bundles.getIfAvailable(DefaultSslBundleRegistry::new))));
      case EMBEDDED ->
          embedded(
              properties,
              folders.getIfAvailable(),
              leases.getIfAvailable(),
              self.getIfAvailable(() -> new InstanceId(UUID.randomUUID().toString())),
              peers);
    };
  }

  private static Topics embedded(
      BrokerProperties properties,
      @Nullable ClusterFolder folder,
      @Nullable KubernetesLeases leases,
      InstanceId self,
      Peers peers) {
    Supplier<BrokerTopics> inMemory =
        () -> new BrokerTopics(QueueBroker.inMemory(properties.memory().toBytes()));
    if (leases != null) {
      var seat = new LeaseSeat(leases.lease(PubSubConfiguration.WRITERSHIP));
      return shared(self, seat, inMemory, peers);
    }
    if (folder != null) {
      return shared(self, new FolderSeat(folder), () -> inFolder(folder, properties), peers);
    }
    return inMemory.get();
  }

  private static SharedTopics shared(
      InstanceId self, Seat seat, Supplier<BrokerTopics> opening, Peers peers) {
    return new SharedTopics(
        self, seat, opening, peers::topics, SerialScheduler.onThread("myelin-topic-seat"));
  }

  private static BrokerTopics inFolder(ClusterFolder folder, BrokerProperties properties) {
    var store =
        new FolderTopicStore(
            FolderSeat.files(folder),
            properties.retention(),
            properties.force(),
            Clock.systemUTC());
    return new BrokerTopics(new QueueBroker(store, System::nanoTime));
  }

  @Bean
  Peers myelinTopicPeers(
      ObjectProvider<CoreDirectory> directory, ObjectProvider<ServiceClients> clients) {
    return new Peers(
        directory, clients, ServiceContracts.of(Topics.class), new ConcurrentHashMap<>());
  }

  /// The topics of the other core processes.
  ///
  /// @param directory where the core processes are
  /// @param clients makes stand-ins
  /// @param contract of the topics
  /// @param standIns those made so far
  record Peers(
      ObjectProvider<CoreDirectory> directory,
      ObjectProvider<ServiceClients> clients,
      ServiceContract contract,
      Map<Endpoint, Topics> standIns) {

    Optional<Topics> topics(InstanceId id) {
      return Optional.ofNullable(directory.getIfAvailable()).stream()
          .flatMap(cores -> cores.instances(ServiceNames.TOPICS).stream())
          .filter(core -> core.id().equals(id))
          .map(Instance::endpoint)
          .findFirst()
          .map(endpoint -> standIns.computeIfAbsent(endpoint, this::standIn));
    }

    private Topics standIn(Endpoint endpoint) {
      return (Topics) clients.getObject().standIn(contract, endpoint);
    }
  }
}
