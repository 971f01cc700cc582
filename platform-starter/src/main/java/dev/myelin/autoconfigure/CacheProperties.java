package dev.myelin.autoconfigure;

import dev.myelin.storage.cache.CacheSettings;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/// Spring's caches over the fast store.
///
/// @param enabled whether the application's caches are those of Myelin; if nothing is said, they
///   are where memcacheds are named, any property here is set, or memcached's client is on the
///   class path
/// @param timeToLive how long a value is kept at most
/// @param nulls whether null is a value
/// @param loading how long the one that loads a key keeps others from loading it, with `sync =
///   true`
/// @param trustedPackages packages, beside the application's own, whose classes are cached
/// @param caches what is different for a cache, by its name
@ConfigurationProperties("myelin.cache")
record CacheProperties(
    @Nullable Boolean enabled,
    @DefaultValue("10m") Duration timeToLive,
    @DefaultValue("true") boolean nulls,
    @DefaultValue("10s") Duration loading,
    @DefaultValue List<String> trustedPackages,
    @DefaultValue Map<String, Named> caches) {

  private static final Duration LEAST = Duration.ofSeconds(1);

  CacheProperties {
    Limits.atLeast("myelin.cache.time-to-live", timeToLive, LEAST);
    Limits.atLeast("myelin.cache.loading", loading, LEAST);
    caches.forEach((name, cache) -> cache.check("myelin.cache.caches." + name));
  }

  /// What is different for one cache.
  ///
  /// @param timeToLive how long a value is kept at most
  /// @param nulls whether null is a value
  /// @param loading how long the one that loads a key keeps others from loading it
  record Named(@Nullable Duration timeToLive, @Nullable Boolean nulls, @Nullable Duration loading) {

    void check(String property) {
      if (timeToLive != null) {
        Limits.atLeast(property + ".time-to-live", timeToLive, LEAST);
      }
      if (loading != null) {
        Limits.atLeast(property + ".loading", loading, LEAST);
      }
    }
  }

  CacheSettings settings(String name) {
    var own = caches.getOrDefault(name, new Named(null, null, null));
    return new CacheSettings(
        own.timeToLive() == null ? timeToLive : own.timeToLive(),
        own.nulls() == null ? nulls : own.nulls(),
        own.loading() == null ? loading : own.loading());
  }
}
