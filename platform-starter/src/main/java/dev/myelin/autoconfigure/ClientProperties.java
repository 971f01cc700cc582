package dev.myelin.autoconfigure;

import dev.myelin.Strategy;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/// Calls that leave this process.
///
/// @param maxAttempts attempts a call may take, counting the first
/// @param connections connections to each instance
/// @param connectTimeout time in which a connection has to be made; a peer that is connected, and
///   has no other beside it, is waited for until the call's deadline
/// @param pingInterval silence on a connection after which its other end is asked for a sign of
///   life
/// @param slowStart time in which a new instance comes to its full share of calls, where the
///   strategy is least-loaded or preferred
/// @param strategy how the instance for a call is chosen, for services that have no `strategy` of
///   their own; left out, `sticky` for objects, which are chosen by their ids, else round-robin
/// @param ejection when an instance that fails this process is left out by it
/// @param retryBudget how many of a service's calls are repeated
@ConfigurationProperties("myelin.client")
record ClientProperties(
    @DefaultValue("3") int maxAttempts,
    @DefaultValue("1") int connections,
    @DefaultValue("1s") Duration connectTimeout,
    @DefaultValue("5s") Duration pingInterval,
    @DefaultValue("10s") Duration slowStart,
    @Nullable Strategy strategy,
    @DefaultValue Ejection ejection,
    @DefaultValue RetryBudget retryBudget) {

  ClientProperties {
    Limits.atLeastOne("myelin.client.max-attempts", maxAttempts);
    Limits.atLeastOne("myelin.client.connections", connections);
    Limits.positive("myelin.client.connect-timeout", connectTimeout);
    Limits.positive("myelin.client.ping-interval", pingInterval);
    Limits.notNegative("myelin.client.slow-start", slowStart);
  }

  /// Leaving out an instance that gives this process no answers.
  ///
  /// @param failures attempts in a row without an answer that eject an instance
  /// @param baseTime how long the first ejection lasts; each further one lasts twice as long
  /// @param maxTime how long an ejection lasts at most
  record Ejection(
      @DefaultValue("5") int failures,
      @DefaultValue("1s") Duration baseTime,
      @DefaultValue("1m") Duration maxTime) {

    Ejection {
      Limits.atLeastOne("myelin.client.ejection.failures", failures);
      Limits.positive("myelin.client.ejection.base-time", baseTime);
      Limits.atLeast("myelin.client.ejection.max-time", maxTime, baseTime);
      Limits.atMost("myelin.client.ejection.max-time", maxTime, Duration.ofDays(365));
    }
  }

  /// Repeating failed calls, counted for each service.
  ///
  /// @param ratio retries that each call earns, from 0 to 1
  /// @param floor retries a second that there are in any case
  /// @param reserve most retries that are saved up
  record RetryBudget(
      @DefaultValue("0.08") double ratio,
      @DefaultValue("1") double floor,
      @DefaultValue("100") int reserve) {

    RetryBudget {
      Limits.range("myelin.client.retry-budget.ratio", ratio, 0, 1);
      Limits.range("myelin.client.retry-budget.floor", floor, 0, 1_000_000);
      Limits.atLeastOne("myelin.client.retry-budget.reserve", reserve);
    }
  }
}
