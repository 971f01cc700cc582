package dev.myelin.benchmarks.objects;

import dev.myelin.benchmarks.myelin.Instances;
import dev.myelin.storage.ObjectStore;
import dev.myelin.wire.Endpoint;
import java.nio.file.Path;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.Banner;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
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

  /// Makes the configuration; Spring does.
  public ObjectsApplication() {}

  /// Starts an instance.
  ///
  /// @param id who it is
  /// @param folder of the cluster
  /// @param store port of the store on this machine
  public static ConfigurableApplicationContext start(String id, Path folder, int store) {
    return new SpringApplicationBuilder(ObjectsApplication.class)
        .web(WebApplicationType.NONE)
        .bannerMode(Banner.Mode.OFF)
        .properties(
            "myelin.mode=process",
            "myelin.hosts=tape,purse",
            "myelin.instance-id=" + id,
            "myelin.cluster.folder=" + folder,
            "store.port=" + store,
            "myelin.objects.turn-lease=1s",
            // nobody renews the lease of this cluster
            "myelin.orphan-timeout=1h")
        .run();
  }

  @Bean
  ObjectStore store(@Value("${store.port}") int port) {
    return new SharedStoreClient(
        Instances.callerOf(SharedStore.class, new Endpoint("127.0.0.1", port)));
  }
}
