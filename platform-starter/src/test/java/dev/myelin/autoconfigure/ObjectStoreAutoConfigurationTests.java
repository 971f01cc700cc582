package dev.myelin.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import com.datastax.oss.driver.api.core.CqlSession;
import dev.myelin.storage.EphemeralStore;
import dev.myelin.storage.ObjectKey;
import dev.myelin.storage.ObjectLimits;
import dev.myelin.storage.ObjectStore;
import dev.myelin.storage.StoreException;
import dev.myelin.storage.cached.CachedObjectStore;
import dev.myelin.storage.cassandra.CassandraSettings;
import dev.myelin.storage.jdbc.JdbcTable;
import dev.myelin.storage.memory.InMemoryEphemeralStore;
import dev.myelin.storage.memory.InMemoryObjectStore;
import dev.myelin.storage.service.ObjectTables;
import dev.myelin.storage.settle.SettlingObjectStore;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.assertj.core.api.Assertions;
import org.h2.jdbcx.JdbcConnectionPool;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.cassandra.autoconfigure.CassandraAutoConfiguration;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

final class ObjectStoreAutoConfigurationTests {

  private static final ObjectKey KEY = new ObjectKey("account", "1");

  private final ApplicationContextRunner runner =
      new ApplicationContextRunner()
          .withConfiguration(
              AutoConfigurations.of(
                  MyelinAutoConfiguration.class,
                  CassandraAutoConfiguration.class,
                  ObjectStoreAutoConfiguration.class,
                  ObjectStoreHealthAutoConfiguration.class));

  @Test
  void storeWhenNothingIsAskedForIsNoBean() {
    runner.run(context -> assertThat(context).doesNotHaveBean(ObjectStore.class));
  }

  @Test
  void storeWhenMemoryIsAskedForIsThere() {
    runner
        .withPropertyValues("myelin.objects.store=memory", "myelin.objects.max-state-size=10B")
        .run(context -> {
          var store = context.getBean(ObjectStore.class);
          assertThat(store).isInstanceOf(InMemoryObjectStore.class);
          Assertions.assertThatIllegalArgumentException()
              .isThrownBy(() -> store.create(KEY, new byte[11], null));
        });
  }

  @Test
  void storeWhenTheApplicationHasOneIsThat() {
    runner
        .withUserConfiguration(OwnStore.class, OneSource.class)
        .withPropertyValues("myelin.objects.store=jdbc")
        .run(context -> {
          assertThat(context).hasSingleBean(ObjectStore.class).hasBean("ownStore");
          assertThat(context).doesNotHaveBean(ObjectTables.class);
        });
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void storeWhenADatabaseIsAskedForKeepsObjectsThere(boolean service) {
    runner
        .withUserConfiguration(OneSource.class)
        .withPropertyValues("myelin.objects.store=jdbc", "myelin.objects.service=" + service)
        .run(context -> {
          var store = context.getBean(ObjectStore.class);
          var version = store.create(KEY, new byte[] {1}, null).orElseThrow();
          assertThat(store).isInstanceOf(SettlingObjectStore.class);
          assertThat(context.getBean(JdbcTable.class).read(KEY))
              .map(written -> written.object().version())
              .contains(version);
          assertThat(context.getBeansOfType(ObjectTables.class)).hasSize(service ? 1 : 0);
          assertThat(health(context.getBean(HealthIndicator.class))).isEqualTo(Status.UP);
        });
  }

  @Test
  void storeWhenThereIsNoDataSourceSaysSo() {
    runner
        .withPropertyValues("myelin.objects.store=jdbc")
        .run(context ->
            assertThat(context.getStartupFailure())
                .hasRootCauseInstanceOf(InvalidObjectStoreException.class)
                .rootCause()
                .hasMessageContaining("there is no data source"));
  }

  @Test
  void storeWhenInMemoryOfOneProcessOfAClusterIsRefused() {
    new ApplicationContextRunner()
        .withConfiguration(AutoConfigurations.of(ObjectStoreAutoConfiguration.class))
        .withPropertyValues("myelin.objects.store=memory", "myelin.mode=process")
        .run(context ->
            assertThat(context.getStartupFailure())
                .rootCause()
                .hasMessageContaining("each process would have objects of its own"));
  }

  @Test
  void storeWhenCassandraIsNotThereStartsAndSaysSo() {
    runner
        .withPropertyValues(
            "spring.cassandra.contact-points=127.0.0.1:1",
            "spring.cassandra.local-datacenter=datacenter1")
        .run(context -> {
          assertThat(context).hasNotFailed();
          var store = context.getBean(ObjectStore.class);
          Assertions.assertThatExceptionOfType(StoreException.class)
              .isThrownBy(() -> store.get(KEY))
              .withMessageContaining("spring.cassandra");
          assertThat(health(context.getBean(HealthIndicator.class))).isEqualTo(Status.DOWN);
        });
  }

  private static CqlSession session(String name, List<String> asked) {
    return (CqlSession)
        Proxy.newProxyInstance(
            ObjectStoreAutoConfigurationTests.class.getClassLoader(),
            new Class<?>[] {CqlSession.class},
            (_, method, _) ->
                switch (method.getName()) {
                  case "equals" -> false;
                  case "hashCode" -> name.hashCode();
                  default -> {
                    asked.add(method.getName());
                    throw new IllegalStateException("asked " + name);
                  }
                });
  }

  @Test
  void sessionOfTheApplicationIsUsedAndLeftOpen() {
    var asked = new CopyOnWriteArrayList<String>();
    var session = session("the application's", asked);
    runner
        .withBean("own", CqlSession.class, () -> session, bean -> bean.setDestroyMethodName(""))
        .withPropertyValues("myelin.objects.store=cassandra")
        .run(context ->
            Assertions.assertThatExceptionOfType(StoreException.class)
                .isThrownBy(() -> context.getBean(ObjectStore.class).get(KEY))
                .withMessageContaining("asked the application's"));
    assertThat(asked).isNotEmpty().noneMatch(method -> method.startsWith("close"));
  }

  @Test
  void sessionThatIsNotUniqueIsNamed() {
    runner
        .withBean("one", CqlSession.class, () -> session("one", new CopyOnWriteArrayList<>()))
        .withBean("two", CqlSession.class, () -> session("two", new CopyOnWriteArrayList<>()))
        .withPropertyValues("myelin.objects.store=cassandra")
        .run(context ->
            Assertions.assertThatExceptionOfType(StoreException.class)
                .isThrownBy(() -> context.getBean(ObjectStore.class).get(KEY))
                .withMessageContaining("mark one as @Primary"));
  }

  @Test
  void driverOfCassandraWhenMissingIsNamed() {
    runner
        .withClassLoader(
            new FilteredClassLoader(
                "com.datastax.oss.driver", "org.springframework.boot.cassandra"))
        .withPropertyValues("myelin.objects.store=cassandra")
        .run(context ->
            assertThat(context.getStartupFailure())
                .rootCause()
                .hasMessageContaining("its driver is not on the class path"));
  }

  @Test
  void levelsOfCassandraAreProperties() {
    runner
        .withPropertyValues(
            "myelin.objects.store=cassandra",
            "myelin.objects.cassandra.consistency=local-quorum",
            "myelin.objects.cassandra.serial-consistency=local-serial",
            "myelin.objects.cassandra.keyspace=shop",
            "myelin.objects.cassandra.table=things",
            "myelin.objects.cassandra.replicas=2")
        .run(context -> {
          var settings = context.getBean(CassandraSettings.class);
          assertThat(settings.levels().regular().name()).isEqualTo("LOCAL_QUORUM");
          assertThat(settings.levels().serial().name()).isEqualTo("LOCAL_SERIAL");
          assertThat(settings.place()).isEqualTo(new CassandraSettings.Place("shop", "things", 2));
        });
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "store=file",
        "max-state-size=0B",
        "attempt-timeout=9ms",
        "timeout=1s",
        "timeout=11m",
        "schema=drop",
        "jdbc.purge-interval=999ms",
        "cache.time-to-live=0s",
        "cache.absent=999ms"
      })
  void propertyWhenOutOfItsLimitsIsRefused(String property) {
    runner
        .withUserConfiguration(OneSource.class)
        .withPropertyValues("myelin.objects.store=jdbc", "myelin.objects." + property)
        .run(context -> assertThat(context).hasFailed());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "consistency=serial",
        "consistency=most",
        "serial-consistency=quorum",
        "keyspace=My-Keyspace",
        "table=a;b",
        "replicas=0"
      })
  void propertyOfCassandraWhenInvalidIsRefused(String property) {
    runner
        .withPropertyValues(
            "myelin.objects.store=cassandra", "myelin.objects.cassandra." + property)
        .run(context -> assertThat(context).hasFailed());
  }

  @Test
  void cacheIsUsedWhereItIsSharedByAllProcesses() {
    var database =
        runner
            .withUserConfiguration(OneSource.class)
            .withPropertyValues("myelin.objects.store=jdbc");

    database
        .withBean(EphemeralStore.class, () -> new InMemoryEphemeralStore(1_000, System::nanoTime))
        .run(context ->
            assertThat(context.getBean(ObjectStore.class)).isInstanceOf(SettlingObjectStore.class));
    database
        .withBean(EphemeralStore.class, ObjectStoreAutoConfigurationTests::shared)
        .run(context ->
            assertThat(context.getBean(ObjectStore.class)).isInstanceOf(CachedObjectStore.class));
    database
        .withBean(EphemeralStore.class, ObjectStoreAutoConfigurationTests::shared)
        .withPropertyValues("myelin.objects.cache.enabled=false")
        .run(context ->
            assertThat(context.getBean(ObjectStore.class)).isInstanceOf(SettlingObjectStore.class));
  }

  private static EphemeralStore shared() {
    return (EphemeralStore)
        Proxy.newProxyInstance(
            ObjectStoreAutoConfigurationTests.class.getClassLoader(),
            new Class<?>[] {EphemeralStore.class},
            (_, _, _) -> {
              throw new UnsupportedOperationException();
            });
  }

  private static Status health(HealthIndicator indicator) {
    return java.util.Objects.requireNonNull(indicator.health()).getStatus();
  }

  @Configuration(proxyBeanMethods = false)
  static class OwnStore {

    @Bean
    static ObjectStore ownStore() {
      return new InMemoryObjectStore(ObjectLimits.DEFAULT);
    }
  }

  @Configuration(proxyBeanMethods = false)
  static class OneSource {

    @Bean(destroyMethod = "dispose")
    static JdbcConnectionPool source() {
      return JdbcConnectionPool.create(
          "jdbc:h2:mem:" + java.util.UUID.randomUUID() + ";DB_CLOSE_DELAY=-1", "sa", "");
    }
  }
}
