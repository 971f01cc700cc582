package dev.myelin.orchestrator;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/// How many processes there may be.
///
/// @param front Number of fronts.
/// @param most Most processes at a time, of all services together.
/// @param starting Most processes that start up at a time; 0 = number of cores.
/// @param keptLogs Logs of ended processes that are kept, the newest ones.
@ConfigurationProperties("myelin.core.processes")
public record ProcessesProperties(
    @DefaultValue("1") int front,
    @DefaultValue("40") int most,
    @DefaultValue("0") int starting,
    @DefaultValue("50") int keptLogs) {

  /// Checks the numbers.
  public ProcessesProperties {
    Limits.atLeast("myelin.core.processes.front", front, 1);
    Limits.atLeast("myelin.core.processes.most", most, 1);
    Limits.atLeast("myelin.core.processes.starting", starting, 0);
    Limits.atLeast("myelin.core.processes.kept-logs", keptLogs, 0);
  }

  int startingOr(int cores) {
    return starting == 0 ? Math.max(1, cores) : starting;
  }
}
