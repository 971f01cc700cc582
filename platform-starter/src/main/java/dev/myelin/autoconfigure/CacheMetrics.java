package dev.myelin.autoconfigure;

import dev.myelin.storage.cache.EphemeralCache;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.binder.cache.CacheMeterBinder;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// What has happened in a cache, under the names that Micrometer has for caches.
final class CacheMetrics extends CacheMeterBinder<EphemeralCache> {

  CacheMetrics(EphemeralCache cache, Iterable<Tag> tags) {
    super(cache, cache.getName(), tags);
  }

  // not null: the cache is alive as long as its manager is
  private EphemeralCache cache() {
    return Objects.requireNonNull(getCache());
  }

  @Override
  protected @Nullable Long size() {
    return null;
  }

  @Override
  protected long hitCount() {
    return cache().counts().hits();
  }

  @Override
  protected @Nullable Long missCount() {
    return cache().counts().misses();
  }

  @Override
  protected @Nullable Long evictionCount() {
    return null;
  }

  @Override
  protected long putCount() {
    return cache().counts().puts();
  }

  @Override
  protected void bindImplementationSpecificMetrics(MeterRegistry registry) {
    var counts = cache().counts();
    FunctionCounter.builder("cache.removals", counts, each -> each.removals())
        .tags(getTagsWithCacheName())
        .description("Keys that were evicted by name")
        .register(registry);
    FunctionCounter.builder("cache.failures", counts, each -> each.failures())
        .tags(getTagsWithCacheName())
        .description("Operations that the store failed")
        .register(registry);
    FunctionCounter.builder("cache.waits", counts, each -> each.waits())
        .tags(getTagsWithCacheName())
        .description("Loads that were left to another one under way")
        .register(registry);
  }
}
