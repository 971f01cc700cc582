package dev.myelin.autoconfigure;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/// Calls that leave this process.
///
/// @param maxAttempts attempts a call may take, counting the first
/// @param connections connections to each instance
/// @param connectTimeout time in which a connection has to be made
/// @param pingInterval silence on a connection after which its other end is asked for a sign of
///   life
@ConfigurationProperties("myelin.client")
record ClientProperties(
    @DefaultValue("3") int maxAttempts,
    @DefaultValue("1") int connections,
    @DefaultValue("1s") Duration connectTimeout,
    @DefaultValue("5s") Duration pingInterval) {

  ClientProperties {
    Limits.atLeastOne("myelin.client.max-attempts", maxAttempts);
    Limits.atLeastOne("myelin.client.connections", connections);
    Limits.positive("myelin.client.connect-timeout", connectTimeout);
    Limits.positive("myelin.client.ping-interval", pingInterval);
  }
}
