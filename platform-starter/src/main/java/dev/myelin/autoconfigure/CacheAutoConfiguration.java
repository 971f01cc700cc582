package dev.myelin.autoconfigure;

import dev.myelin.storage.EphemeralStores;
import dev.myelin.storage.cache.CacheValues;
import dev.myelin.storage.cache.EphemeralCache;
import dev.myelin.storage.cache.EphemeralCaches;
import dev.myelin.wire.codec.Codec;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import java.util.ArrayList;
import java.util.List;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.AutoConfigurationPackages;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.cache.metrics.CacheMeterBinderProvider;
import org.springframework.boot.cache.metrics.CacheMetricsRegistrar;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.cache.CacheManager;
import org.springframework.cache.interceptor.CacheAspectSupport;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

/// Spring's caches over the fast store, for an application that enables caching and brings no cache
/// manager of its own.
@AutoConfiguration(
    after = EphemeralAutoConfiguration.class,
    beforeName = "org.springframework.boot.cache.autoconfigure.CacheAutoConfiguration")
@ConditionalOnClass(CacheManager.class)
@ConditionalOnBean(CacheAspectSupport.class)
@ConditionalOnMissingBean(value = CacheManager.class, name = "cacheResolver")
@Conditional(OnEphemeralCacheCondition.class)
@EnableConfigurationProperties(CacheProperties.class)
public final class CacheAutoConfiguration {

  CacheAutoConfiguration() {}

  /// Is told of a cache that is made while the application runs.
  interface NewCache {

    void made(EphemeralCache cache);
  }

  @Bean
  static CacheManager cacheManager(
      EphemeralStores stores,
      CacheProperties properties,
      Codec codec,
      Environment environment,
      BeanFactory beans,
      ObjectProvider<NewCache> listeners) {
    var trusted = new ArrayList<>(properties.trustedPackages());
    if (AutoConfigurationPackages.has(beans)) {
      trusted.addAll(AutoConfigurationPackages.get(beans));
    }
    var loader = Thread.currentThread().getContextClassLoader();
    var values =
        new CacheValues(
            codec,
            loader == null ? CacheAutoConfiguration.class.getClassLoader() : loader,
            trusted);
    var names =
        Binder.get(environment)
            .bind("spring.cache.cache-names", Bindable.listOf(String.class))
            .orElse(List.of());
    return new EphemeralCaches(
        stores::named,
        values,
        properties::settings,
        names,
        cache -> listeners.orderedStream().forEach(listener -> listener.made(cache)));
  }

  /// The counts of each cache as metrics.
  @Configuration(proxyBeanMethods = false)
  @ConditionalOnClass({MeterRegistry.class, CacheMeterBinderProvider.class})
  static class Metrics {

    @Bean
    static CacheMeterBinderProvider<EphemeralCache> myelinCacheMeterBinderProvider() {
      return CacheMetrics::new;
    }

    @Bean
    static NewCache myelinNewCacheMetrics(ObjectProvider<CacheMetricsRegistrar> registrar) {
      return cache ->
          registrar.ifAvailable(
              each -> each.bindCacheToRegistry(cache, Tag.of("cache.manager", "cacheManager")));
    }
  }
}
