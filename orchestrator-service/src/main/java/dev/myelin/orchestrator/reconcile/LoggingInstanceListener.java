package dev.myelin.orchestrator.reconcile;

import java.util.Locale;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Logs one line for each change of an instance's state.
public final class LoggingInstanceListener implements InstanceListener {

  private static final Logger log = LoggerFactory.getLogger(LoggingInstanceListener.class);

  /// Creates it.
  public LoggingInstanceListener() {}

  @Override
  public void changed(InstanceChange change) {
    log.info("instance={} {}", change.id(), rest(change));
  }

  static String rest(InstanceChange change) {
    var line =
        "service=%s state=%s pid=%d"
            .formatted(
                change.service(), change.state().name().toLowerCase(Locale.ROOT), change.pid());
    if (!change.after().isZero()) {
      line += String.format(Locale.ROOT, " after=%.1fs", change.after().toNanos() / 1e9);
    }
    return change.reason().isEmpty() ? line : line + " reason=\"" + change.reason() + "\"";
  }
}
