package dev.myelin.autoconfigure;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/// How a process starts and ends.
///
/// @param orphanTimeout time without a renewal of the cluster's lease after which a process drains
///   and stops
/// @param drainTimeout time that calls in flight have to finish before they are cancelled
/// @param leaveTimeout time that callers have to learn that a process leaves that was told to end
///   by a signal, before it drains; with `myelin.mode=kubernetes` only
/// @param describe whether to print the application's description as JSON and end, instead of
///   starting; the name of a file to write it there
@ConfigurationProperties("myelin")
record LifecycleProperties(
    @DefaultValue("20s") Duration orphanTimeout,
    @DefaultValue("30s") Duration drainTimeout,
    @DefaultValue("15s") Duration leaveTimeout,
    @Nullable String describe) {

  LifecycleProperties {
    Limits.positive("myelin.orphan-timeout", orphanTimeout);
    Limits.notNegative("myelin.drain-timeout", drainTimeout);
    Limits.notNegative("myelin.leave-timeout", leaveTimeout);
  }
}
