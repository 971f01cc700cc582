package dev.myelin.pubsub;

import dev.myelin.client.ServiceClients;
import dev.myelin.contract.ServiceContract;
import dev.myelin.contract.ServiceContracts;
import dev.myelin.membership.ClusterFolder;
import dev.myelin.membership.CoreDirectory;
import dev.myelin.membership.SerialScheduler;
import dev.myelin.pubsub.broker.FolderTopicStore;
import dev.myelin.pubsub.broker.NatsBroker;
import dev.myelin.pubsub.topic.SharedTopics;
import dev.myelin.topic.broker.BrokerTopics;
import dev.myelin.topic.broker.QueueBroker;
import dev.myelin.wire.Endpoint;
import dev.myelin.wire.Instance;
import dev.myelin.wire.InstanceId;
import dev.myelin.wire.ServiceNames;
import dev.myelin.wire.Topics;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.ssl.DefaultSslBundleRegistry;
import org.springframework.boot.ssl.SslBundles;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/// Application topics as a bean.
///
/// With a [ClusterFolder] in the context the embedded broker keeps its events there, one process at
/// a time; without one they end with the process. NATS needs no folder.
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(BrokerProperties.class)
class TopicsConfiguration {

  @Bean
  Topics myelinTopics(
      BrokerProperties properties,
      ObjectProvider<ClusterFolder> folders,
      ObjectProvider<SslBundles> bundles,
      ObjectProvider<InstanceId> self,
      Peers peers) {
    var folder = folders.getIfAvailable();
    return switch (properties.broker()) {
      case NATS ->
          new BrokerTopics(
              new NatsBroker(
                  properties.natsSettings(bundles.getIfAvailable(DefaultSslBundleRegistry::new))));
      case EMBEDDED ->
          folder == null
              ? new BrokerTopics(QueueBroker.inMemory(properties.memory().toBytes()))
              : new SharedTopics(
                  self.getIfAvailable(() -> new InstanceId(UUID.randomUUID().toString())),
                  folder,
                  files -> embedded(files, properties),
                  peers::topics,
                  SerialScheduler.onThread("myelin-topic-seat"));
    };
  }

  private static BrokerTopics embedded(Path files, BrokerProperties properties) {
    var store =
        new FolderTopicStore(files, properties.retention(), properties.force(), Clock.systemUTC());
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
