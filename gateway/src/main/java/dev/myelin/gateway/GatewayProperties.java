package dev.myelin.gateway;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/// Settings of the gateway.
///
/// @param maxBody Largest body of a call to an external operation; 1B to 1GB.
/// @param startTimeout How long a request waits while there is no front to take it.
/// @param maxJar Largest jar of a new version of the application; 1B or more.
/// @param connectTimeout How long connecting to a front may take.
/// @param maxRequests Requests answered at a time, 1 or more; beyond that they are refused with
///   429. Left out: one for each 128KB of half the heap.
@ConfigurationProperties("myelin.core.gateway")
public record GatewayProperties(
    @DefaultValue("8MB") DataSize maxBody,
    @DefaultValue("10s") Duration startTimeout,
    @DefaultValue("1GB") DataSize maxJar,
    @DefaultValue("2s") Duration connectTimeout,
    @Nullable Integer maxRequests) {

  private static final DataSize MOST = DataSize.ofGigabytes(1);

  /// Checks the limits.
  public GatewayProperties {
    if (maxBody.toBytes() < 1 || maxBody.compareTo(MOST) > 0) {
      throw new IllegalArgumentException(
          "'myelin.core.gateway.max-body' is %s but must be from 1B to %s"
              .formatted(maxBody, MOST));
    }
    if (maxJar.toBytes() < 1) {
      throw new IllegalArgumentException(
          "'myelin.core.gateway.max-jar' is %s but must be at least 1B".formatted(maxJar));
    }
    if (startTimeout.isNegative()) {
      throw new IllegalArgumentException(
          "'myelin.core.gateway.start-timeout' is %s but must be at least 0"
              .formatted(startTimeout));
    }
    if (maxRequests != null && maxRequests < 1) {
      throw new IllegalArgumentException(
          "'myelin.core.gateway.max-requests' is %d but must be at least 1".formatted(maxRequests));
    }
    if (!connectTimeout.isPositive()) {
      throw new IllegalArgumentException(
          "'myelin.core.gateway.connect-timeout' is %s but must be more than 0"
              .formatted(connectTimeout));
    }
  }
}
