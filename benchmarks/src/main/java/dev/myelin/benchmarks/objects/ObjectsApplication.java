package dev.myelin.benchmarks.objects;

import dev.myelin.benchmarks.myelin.Instances;
import dev.myelin.storage.ObjectStore;
import dev.myelin.wire.Endpoint;
import java.nio.file.Path;
import java.util.Map;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.Banner;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/// An application with the starter that hosts the objects, as an instance of a cluster.
@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration
@Import({Tape.class, Purse.class})
public class ObjectsApplication {

  private static final String STORE_PORT = "store.port";

  /// Makes the configuration; Spring does.
  public ObjectsApplication() {}

  /// Starts an instance.
  ///
  /// @param id who it is
  /// @param folder of the cluster
  /// @param store properties that name its store
  public static ConfigurableApplicationContext start(
      String id, Path folder, Map<String, Object> store) {
    return new SpringApplicationBuilder(ObjectsApplication.class)
        .web(WebApplicationType.NONE)
        .bannerMode(Banner.Mode.OFF)
        .properties(store)
        .properties(
            "myelin.mode=process",
            "myelin.hosts=tape,purse",
            "myelin.instance-id=" + id,
            "myelin.cluster.folder=" + folder,
            "myelin.objects.turn-lease=1s",
            // nobody renews the lease of this cluster
            "myelin.orphan-timeout=1h")
        .run();
  }

  /// Names a Cassandra and the memcacheds before it.
  ///
  /// @param cassandra host and port
  /// @param memcacheds hosts and ports
  public static Map<String, Object> servers(String cassandra, String memcacheds) {
    return Map.of(
        "spring.cassandra.contact-points",
        cassandra,
        "spring.cassandra.local-datacenter",
        "datacenter1",
        "myelin.objects.service",
        false,
        "myelin.ephemeral.servers",
        memcacheds,
        "myelin.ephemeral.prefix",
        "objects");
  }

  /// Names a store that is a service on this machine.
  ///
  /// @param port where it listens
  public static Map<String, Object> shared(int port) {
    return Map.of(STORE_PORT, port);
  }

  @Bean
  @ConditionalOnProperty(STORE_PORT)
  static ObjectStore store(@Value("${" + STORE_PORT + "}") int port) {
    return new SharedStoreClient(
        Instances.callerOf(SharedStore.class, new Endpoint("127.0.0.1", port)));
  }
}
