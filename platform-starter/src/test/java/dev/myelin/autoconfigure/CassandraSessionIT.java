package dev.myelin.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.config.DefaultDriverOption;
import com.datastax.oss.driver.api.core.tracker.RequestTracker;
import dev.myelin.storage.ObjectKey;
import dev.myelin.storage.ObjectStore;
import dev.myelin.storage.cassandra.CassandraServer;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.cassandra.autoconfigure.CassandraAutoConfiguration;
import org.springframework.boot.cassandra.autoconfigure.CqlSessionBuilderCustomizer;
import org.springframework.boot.cassandra.autoconfigure.DriverConfigLoaderBuilderCustomizer;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

/// Objects through the session that Spring Boot makes, in a real Cassandra.
final class CassandraSessionIT {

  private static final Duration PATIENT = Duration.ofSeconds(60);

  @Test
  void objectsAreReachedThroughSpringBootsSessionWithItsCustomizers() throws Exception {
    var server = CassandraServer.shared();
    var requests = new AtomicInteger();
    new ApplicationContextRunner()
        .withConfiguration(
            AutoConfigurations.of(
                MyelinAutoConfiguration.class,
                CassandraAutoConfiguration.class,
                ObjectStoreAutoConfiguration.class))
        .withBean(
            CqlSessionBuilderCustomizer.class,
            () -> builder -> builder.addRequestTracker(counting(requests)))
        .withBean(
            DriverConfigLoaderBuilderCustomizer.class,
            () ->
                driver ->
                    driver.withDuration(DefaultDriverOption.CONTROL_CONNECTION_TIMEOUT, PATIENT))
        .withPropertyValues(
            "spring.cassandra.contact-points=127.0.0.1:" + server.address().getPort(),
            "spring.cassandra.local-datacenter=datacenter1",
            "spring.cassandra.session-name=shop",
            "spring.cassandra.request.timeout=60s",
            "spring.cassandra.connection.init-query-timeout=60s",
            "myelin.objects.attempt-timeout=60s",
            "myelin.objects.timeout=120s",
            "myelin.objects.cassandra.keyspace=sessions")
        .run(context -> {
          var store = context.getBean(ObjectStore.class);
          var key = new ObjectKey("account", "1");

          var version = store.create(key, new byte[] {1}, null);

          assertThat(store.get(key).map(object -> object.version())).isEqualTo(version);
          assertThat(requests).hasPositiveValue();
          // Spring Boot's bean, and no session beside it
          var session = context.getBean(CqlSession.class);
          assertThat(session.getName()).isEqualTo("shop");
          assertThat(session.getMetadata().getKeyspace("sessions")).isPresent();
          assertThat(
                  session
                      .getContext()
                      .getConfig()
                      .getDefaultProfile()
                      .getDuration(DefaultDriverOption.RECONNECTION_MAX_DELAY))
              .isEqualTo(Duration.ofSeconds(5));
        });
  }

  private static RequestTracker counting(AtomicInteger requests) {
    return (RequestTracker)
        Proxy.newProxyInstance(
            CassandraSessionIT.class.getClassLoader(),
            new Class<?>[] {RequestTracker.class},
            (_, method, _) -> {
              if (method.getName().equals("onSuccess")) {
                requests.incrementAndGet();
              }
              return null;
            });
  }
}
