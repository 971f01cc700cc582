package dev.myelin.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.myelin.storage.EphemeralStore;
import dev.myelin.storage.EphemeralStores;
import dev.myelin.storage.cache.EphemeralCaches;
import dev.myelin.storage.memcached.MemcachedEphemeralStore;
import dev.myelin.storage.memcached.MemcachedServer;
import dev.myelin.storage.memory.InMemoryEphemeralStore;
import dev.myelin.wire.Endpoint;
import dev.myelin.wire.InstanceState;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.cache.autoconfigure.metrics.CacheMetricsAutoConfiguration;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.cache.Cache;
import org.springframework.cache.CacheManager;
import org.springframework.cache.annotation.Cacheable;
import org.springframework.cache.annotation.EnableCaching;
import org.springframework.cache.concurrent.ConcurrentMapCacheManager;
import org.springframework.cache.support.NoOpCacheManager;
import org.springframework.context.annotation.Configuration;

final class CacheAutoConfigurationTests {

  private final ApplicationContextRunner runner =
      new ApplicationContextRunner()
          .withConfiguration(
              AutoConfigurations.of(
                  MyelinAutoConfiguration.class,
                  EphemeralAutoConfiguration.class,
                  CacheAutoConfiguration.class,
                  org.springframework.boot.cache.autoconfigure.CacheAutoConfiguration.class,
                  CacheMetricsAutoConfiguration.class))
          .withPropertyValues("spring.application.name=shop");

  private final ApplicationContextRunner caching =
      runner.withUserConfiguration(Caching.class).withBean(Prices.class);

  @Configuration(proxyBeanMethods = false)
  @EnableCaching
  static class Caching {}

  record Price(String article, int cents) {}

  static class Prices {

    private final AtomicInteger asked = new AtomicInteger();

    // through the proxy, which has no fields
    public int asked() {
      return asked.get();
    }

    @Cacheable("prices")
    public Price price(String article) {
      return new Price(article, asked.incrementAndGet());
    }

    @Cacheable(cacheNames = "stock", sync = true)
    public Optional<List<Price>> stock(String article, int least) {
      return Optional.of(List.of(new Price(article, asked.addAndGet(least))));
    }

    @Cacheable("never")
    public List<Price> none(String article) {
      asked.incrementAndGet();
      return List.of();
    }
  }

  @Test
  void withTheClientAndNoAddressCachesAreInMemoryAsTheyWouldBeInMemcached() {
    caching
        .withPropertyValues("myelin.ephemeral.memory=1MB")
        .run(context -> {
          var caches = context.getBean(CacheManager.class);
          assertThat(caches).isInstanceOf(EphemeralCaches.class);
          var cache = Objects.requireNonNull(caches.getCache("prices"));
          cache.put("none", null);
          assertThat(cache.get("none")).isNotNull().extracting(Cache.ValueWrapper::get).isNull();
          // a copy, as from another process
          var list = new ArrayList<>(List.of("tea"));
          cache.put("list", list);
          list.add("coffee");
          assertThat((Object) cache.get("list", List.class)).isEqualTo(List.of("tea"));
        });
    caching
        .withPropertyValues("myelin.cache.enabled=false")
        .run(context ->
            assertThat(context.getBean(CacheManager.class))
                .isInstanceOf(ConcurrentMapCacheManager.class));
    caching
        .withPropertyValues("spring.cache.type=none")
        .run(context ->
            assertThat(context.getBean(CacheManager.class)).isInstanceOf(NoOpCacheManager.class));
    caching
        .withBean("mine", CacheManager.class, ConcurrentMapCacheManager::new)
        .run(context -> assertThat(context).hasSingleBean(CacheManager.class).hasBean("mine"));
  }

  @Test
  void withoutTheClientAndAnyPropertySpringBootsOwnCachesStay() {
    runner
        .withUserConfiguration(Caching.class)
        .withClassLoader(new FilteredClassLoader("net.rubyeye.xmemcached"))
        .run(context -> {
          assertThat(context.getBean(CacheManager.class))
              .isInstanceOf(ConcurrentMapCacheManager.class);
          assertThat(context.getBean(EphemeralStore.class))
              .isInstanceOf(InMemoryEphemeralStore.class);
        });
    runner
        .withPropertyValues("myelin.cache.enabled=true")
        .run(context -> assertThat(context).doesNotHaveBean(CacheManager.class));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "myelin.cache.enabled=true",
        "myelin.cache.time-to-live=1m",
        "myelin.cache.caches.prices.time-to-live=1m"
      })
  void whereCachesAreConfiguredTheyAreInMemory(String property) {
    caching
        .withPropertyValues(property, "myelin.cache.trusted-packages=dev.myelin.autoconfigure")
        .run(context -> {
          assertThat(context.getBean(CacheManager.class)).isInstanceOf(EphemeralCaches.class);
          var prices = context.getBean(Prices.class);
          assertThat(prices.price("tea")).isEqualTo(prices.price("tea"));
          assertThat(prices.stock("tea", 2)).isEqualTo(prices.stock("tea", 2));
          assertThat(prices.stock("tea", 3)).isNotEqualTo(prices.stock("tea", 2));
          prices.none("tea");
          prices.none("tea");
          assertThat(prices.asked()).isEqualTo(7);
        });
  }

  @Test
  void withAddressesValuesAreInMemcached() throws Exception {
    try (var server = MemcachedServer.start()) {
      var addressed =
          caching
              .withBean(MeterRegistry.class, SimpleMeterRegistry::new)
              .withPropertyValues(
                  "myelin.ephemeral.servers=" + server.endpoint(),
                  "myelin.ephemeral.clusters.stock.servers=" + server.endpoint(),
                  "myelin.ephemeral.timeout=5s",
                  "myelin.cache.trusted-packages=dev.myelin.autoconfigure");
      addressed.run(context -> context.getBean(Prices.class).price("tea"));

      addressed.run(context -> {
        assertThat(context.getBean(EphemeralStore.class))
            .isInstanceOf(MemcachedEphemeralStore.class);
        var stores = context.getBean(EphemeralStores.class);
        assertThat(stores.named("stock")).isNotSameAs(stores.shared());
        assertThat(stores.named("other")).isSameAs(stores.shared());
        var prices = context.getBean(Prices.class);
        assertThat(prices.price("tea")).isEqualTo(new Price("tea", 1));
        assertThat(prices.asked()).isZero();
        assertThat(
                context
                    .getBean(MeterRegistry.class)
                    .get("cache.gets")
                    .tags("cache", "prices", "result", "hit")
                    .functionCounter()
                    .count())
            .isEqualTo(1);
        var health = context.getBean("ephemeralHealthIndicator", HealthIndicator.class);
        assertThat(Objects.requireNonNull(health.health()).getDetails())
            .containsEntry("shared", Map.of(server.endpoint().toString(), "UP"));
      });
    }
  }

  @Test
  void withNoMemcachedThereTheApplicationWorksAndTheHealthSaysIt() {
    int port = MemcachedServer.freePort();
    caching
        .withPropertyValues(
            "myelin.ephemeral.servers=127.0.0.1:" + port,
            "myelin.cache.trusted-packages=dev.myelin.autoconfigure")
        .run(context -> {
          var prices = context.getBean(Prices.class);
          assertThat(prices.price("tea")).isNotEqualTo(prices.price("tea"));
          assertThat(prices.stock("tea", 1)).isPresent();
          var health = context.getBean("ephemeralHealthIndicator", HealthIndicator.class);
          assertThat(Objects.requireNonNull(health.health()).getStatus()).isEqualTo(Status.DOWN);
        });
  }

  @Test
  void usersCacheManagerOrTypeWins() {
    caching
        .withPropertyValues("myelin.cache.enabled=true")
        .withBean("mine", CacheManager.class, ConcurrentMapCacheManager::new)
        .run(context -> assertThat(context).hasSingleBean(CacheManager.class).hasBean("mine"));
    caching
        .withPropertyValues("myelin.cache.enabled=true", "spring.cache.type=simple")
        .run(context ->
            assertThat(context.getBean(CacheManager.class))
                .isInstanceOf(ConcurrentMapCacheManager.class));
    caching
        .withPropertyValues("myelin.cache.enabled=false", "myelin.cache.time-to-live=1m")
        .run(context ->
            assertThat(context.getBean(CacheManager.class))
                .isInstanceOf(ConcurrentMapCacheManager.class));
    caching
        .withBean(EphemeralStore.class, () -> new InMemoryEphemeralStore(1_000, System::nanoTime))
        .run(context -> assertThat(context).hasSingleBean(EphemeralStore.class));
  }

  @Test
  void namesOfSpringBootAreTheOnlyCaches() {
    caching
        .withPropertyValues("myelin.cache.enabled=true", "spring.cache.cache-names=prices")
        .run(context -> {
          var caches = context.getBean(CacheManager.class);
          assertThat(caches.getCacheNames()).containsExactly("prices");
          assertThat(caches.getCache("other")).isNull();
          assertThat(caches.getCache("prices")).extracting(Cache::getName).isEqualTo("prices");
        });
  }

  @ParameterizedTest
  @CsvSource({
    "myelin.ephemeral.servers,memcached,such as 'memcached:11211'",
    "myelin.ephemeral.servers,memcached:no,such as 'memcached:11211'",
    "myelin.ephemeral.servers,memcached:70000,such as 'memcached:11211'",
    "myelin.ephemeral.servers,::1:11211,'[::1]:11211'",
    "myelin.ephemeral.dns,:11211,such as 'memcached:11211'",
    "myelin.ephemeral.service,ledger,such as 'memcached:11211'",
    "myelin.ephemeral.clusters.ledger.servers,x,such as 'memcached:11211'",
    "myelin.ephemeral.prefix,a b,letters",
    "myelin.ephemeral.replicas,4,from 1",
    "myelin.ephemeral.timeout,0s,at least",
    "myelin.ephemeral.timeout,2m,at most",
    "myelin.ephemeral.item-limit,100B,from",
    "myelin.ephemeral.max-value-size,2GB,from",
    "myelin.ephemeral.memory,0B,more than 0",
    "myelin.ephemeral.warming.rate,-1,from 0",
    "myelin.ephemeral.warming.window,-1s,negative",
    "myelin.ephemeral.warming.refresh,1ms,at least",
    "myelin.cache.time-to-live,500ms,at least",
    "myelin.cache.loading,0s,at least",
    "myelin.cache.caches.prices.time-to-live,0s,at least"
  })
  void badValueStopsTheApplicationAndIsNamed(String property, String value, String expected) {
    caching
        .withPropertyValues("myelin.cache.enabled=true", property + "=" + value)
        .run(context ->
            assertThat(context)
                .getFailure()
                .rootCause()
                .hasMessageContaining(property)
                .hasMessageContaining(expected));
  }

  @Test
  void twoWaysToSayWhereTheNodesAreAreRefused() {
    caching
        .withPropertyValues("myelin.ephemeral.servers=a:1", "myelin.ephemeral.dns=b:1")
        .run(context ->
            assertThat(context)
                .getFailure()
                .rootCause()
                .hasMessageContaining("Only one of 'servers', 'dns' and 'service'"));
  }

  @Test
  void clientThatIsMissingIsNamed() {
    var without =
        runner
            .withUserConfiguration(Caching.class)
            .withClassLoader(new FilteredClassLoader("net.rubyeye.xmemcached"));
    without
        .withPropertyValues("myelin.cache.enabled=true")
        .run(context -> assertThat(context).hasNotFailed());
    runner
        .withClassLoader(new FilteredClassLoader(CacheManager.class))
        .run(context -> assertThat(context).hasNotFailed());
  }

  @Test
  void serviceInOneProcessIsItsOwnMemory() {
    caching
        .withPropertyValues("myelin.ephemeral.service=ledger:11211")
        .run(context ->
            assertThat(context.getBean(EphemeralStore.class))
                .isInstanceOf(InMemoryEphemeralStore.class));
  }

  @Test
  void nodesOfAServiceAreTheHostsOfItsInstances() {
    var membership = new SettableMembership();
    var source = EphemeralNodes.members(membership, "ledger", 11_211);

    assertThat(source.nodes()).isEmpty();
    membership.put("ledger", "ledger-1", null, InstanceState.SERVING);
    assertThat(source.nodes()).contains(Set.of(new Endpoint("127.0.0.1", 11_211)));
  }
}
