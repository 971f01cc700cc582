package dev.myelin.benchmarks.objects;

import com.zaxxer.hikari.HikariDataSource;
import dev.myelin.benchmarks.myelin.Instances;
import dev.myelin.storage.ObjectStore;
import dev.myelin.wire.Endpoint;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
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
  private static final String POSTGRES = "store.postgres";
  private static final int CONNECTIONS = 10;
  private static final Duration PATIENCE = Duration.ofSeconds(2);

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
  public static Map<String, Object> cassandra(String cassandra, String memcacheds) {
    return behind(
        memcacheds,
        Map.of(
            "spring.cassandra.contact-points",
            cassandra,
            "spring.cassandra.local-datacenter",
            "datacenter1"));
  }

  /// Names a PostgreSQL and the memcacheds before it.
  ///
  /// @param postgres host and port
  /// @param memcacheds hosts and ports
  public static Map<String, Object> postgres(String postgres, String memcacheds) {
    return behind(memcacheds, Map.of(POSTGRES, postgres, "myelin.objects.store", "jdbc"));
  }

  private static Map<String, Object> behind(String memcacheds, Map<String, Object> database) {
    var properties = new HashMap<>(database);
    properties.put("myelin.objects.service", false);
    properties.put("myelin.ephemeral.servers", memcacheds);
    properties.put("myelin.ephemeral.prefix", "objects");
    return properties;
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

  @Bean
  @ConditionalOnProperty(POSTGRES)
  static HikariDataSource dataSource(@Value("${" + POSTGRES + "}") String address) {
    var pool = new HikariDataSource();
    pool.setJdbcUrl("jdbc:postgresql://" + address + "/postgres");
    pool.setUsername("tests");
    pool.setMaximumPoolSize(CONNECTIONS);
    pool.setConnectionTimeout(PATIENCE.toMillis());
    pool.setValidationTimeout(PATIENCE.toMillis() / 2);
    pool.setInitializationFailTimeout(-1);
    pool.addDataSourceProperty("socketTimeout", Long.toString(PATIENCE.toSeconds()));
    return pool;
  }
}
