package dev.myelin.benchmarks.instance;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.springframework.boot.Banner;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/// An application with the starter, as an instance of a cluster.
@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration
public class InstanceApplication {

  /// Makes the configuration; Spring does.
  public InstanceApplication() {}

  /// Starts an instance that hosts the application's one service.
  ///
  /// @param id who it is
  /// @param folder of the cluster
  public static ConfigurableApplicationContext start(String id, String folder) {
    return new SpringApplicationBuilder(InstanceApplication.class)
        .web(WebApplicationType.NONE)
        .bannerMode(Banner.Mode.OFF)
        .properties(
            "myelin.mode=process",
            "myelin.hosts=sleeper",
            "myelin.instance-id=" + id,
            "myelin.cluster.folder=" + folder,
            // nobody renews the lease of this cluster
            "myelin.orphan-timeout=1h")
        .run();
  }

  @Bean
  Sleeper sleeper() {
    return millis -> {
      var _ = new CountDownLatch(1).await(millis, TimeUnit.MILLISECONDS);
      return millis;
    };
  }
}
