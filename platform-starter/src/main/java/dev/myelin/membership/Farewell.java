package dev.myelin.membership;

import dev.myelin.Deadline;
import dev.myelin.wire.DrainReport;
import dev.myelin.wire.Orchestrator;
import dev.myelin.wire.ServiceNames;
import java.time.Duration;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The last thing a process says: what became of its calls when it drained. Thread-safe.
///
/// Nobody waits for it for long: where no orchestrator is to be reached, the certificate will say
/// that it did not report.
public final class Farewell {

  private static final Logger log = LoggerFactory.getLogger(Farewell.class);
  private static final Duration LIMIT = Duration.ofSeconds(2);

  private final Supplier<Orchestrator> orchestrator;
  private final CoreDirectory directory;

  /// Creates it.
  ///
  /// @param orchestrator gets an orchestrator or a stand-in for it
  /// @param directory tells whether there is any
  public Farewell(Supplier<Orchestrator> orchestrator, CoreDirectory directory) {
    this.orchestrator = orchestrator;
    this.directory = directory;
  }

  /// Says it; a failure is logged, not thrown.
  ///
  /// @param report the figures
  public void say(DrainReport report) {
    try {
      if (directory.instances(ServiceNames.ORCHESTRATOR).isEmpty()) {
        log.info("No orchestrator is there to take the report of '{}'", report.id());
        return;
      }
      var _ =
          Deadline.after(LIMIT)
              .during(() -> {
                orchestrator.get().drained(report);
                return true;
              });
    } catch (Exception e) {
      log.warn("The report of '{}' was not taken: {}", report.id(), e.toString());
    }
  }
}
