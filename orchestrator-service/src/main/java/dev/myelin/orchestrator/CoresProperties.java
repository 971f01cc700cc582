package dev.myelin.orchestrator;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/// How many core processes there are.
///
/// @param instances Number of core processes like this one, which keep each other alive. One by
///   itself is not started again when it is killed.
/// @param member Whether this process is one that another core process has started: when it ends,
///   the cluster goes on.
@ConfigurationProperties("myelin.core")
public record CoresProperties(
    @DefaultValue("1") int instances, @DefaultValue("false") boolean member) {

  /// Checks the number.
  public CoresProperties {
    Limits.atLeast("myelin.core.instances", instances, 1);
  }

  /// Number of the others.
  int others() {
    return instances - 1;
  }
}
