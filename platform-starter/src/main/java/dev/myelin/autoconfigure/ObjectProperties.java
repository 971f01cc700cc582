package dev.myelin.autoconfigure;

import dev.myelin.object.ObjectSettings;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/// How objects are run.
///
/// @param maxAttempts how often an operation of an object runs at most because others changed the
///   object meanwhile
/// @param turnLease how long an exclusive turn is respected while its holder does not renew it,
///   i.e. how long an object waits for an instance that died; a holder renews three times within it
/// @param timeToLive how long after its last write an object is forgotten; never, if left out
@ConfigurationProperties("myelin.objects")
record ObjectProperties(
    @DefaultValue("100") int maxAttempts,
    @DefaultValue("5s") Duration turnLease,
    @Nullable Duration timeToLive) {

  private static final Duration LEAST_LEASE = Duration.ofMillis(100);
  private static final Duration MOST_LEASE = Duration.ofHours(1);
  private static final Duration LEAST_TIME = Duration.ofSeconds(1);

  ObjectProperties {
    Limits.atLeastOne("myelin.objects.max-attempts", maxAttempts);
    Limits.atLeast("myelin.objects.turn-lease", turnLease, LEAST_LEASE);
    Limits.atMost("myelin.objects.turn-lease", turnLease, MOST_LEASE);
    if (timeToLive != null) {
      Limits.atLeast("myelin.objects.time-to-live", timeToLive, LEAST_TIME);
    }
  }

  ObjectSettings settings() {
    return new ObjectSettings(maxAttempts, turnLease, timeToLive);
  }
}
