package dev.myelin.client;

import java.time.Duration;

/// How calls leave.
///
/// @param maxAttempts attempts of one call that reach an instance, the first included
/// @param connections connections to one endpoint
/// @param connectTimeout time to open a connection; where there is no other endpoint, a peer that
///   is connected has until the call's deadline for its hello
/// @param balance how calls are spread and repeated
public record ClientSettings(
    int maxAttempts, int connections, Duration connectTimeout, BalanceSettings balance) {

  /// Checks the limits.
  public ClientSettings {
    if (maxAttempts < 1 || connections < 1 || !connectTimeout.isPositive()) {
      throw new IllegalArgumentException(
          "myelin.client.max-attempts (%d) and connections (%d) must be at least 1, connect-timeout (%s) more than 0"
              .formatted(maxAttempts, connections, connectTimeout));
    }
  }

  /// Three attempts, one connection, one second, round robin.
  public static ClientSettings defaults() {
    return new ClientSettings(3, 1, Duration.ofSeconds(1), BalanceSettings.defaults());
  }
}
