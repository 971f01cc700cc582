package dev.myelin.orchestrator.reconcile;

import dev.myelin.orchestrator.output.LogTail;
import dev.myelin.orchestrator.time.Time;
import dev.myelin.wire.StartFailure;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Notes what happened to instances by itself, and what that means for the next start.
final class LifeEvents {

  private static final Logger log = LoggerFactory.getLogger(LifeEvents.class);
  private static final int QUOTED_LINES = 20;

  private final Steps steps;
  private final StartBackoff backoff;
  private final StartFailures failures;
  private final Path logs;

  LifeEvents(Steps steps, StartBackoff backoff, StartFailures failures, Path logs) {
    this.steps = steps;
    this.backoff = backoff;
    this.failures = failures;
    this.logs = logs;
  }

  /// Notes that an instance serves.
  void serving(Tracked entry) {
    steps.advance(entry, new Stage.Serving());
  }

  /// Notes that a process has ended; says so loudly where it was not meant to.
  ///
  /// @param listed whether it is a member: one that was found and is not had not started yet
  void ended(Tracked entry, String how, boolean listed) {
    switch (entry.stage()) {
      case Stage.Starting() -> failed(entry, "died in its start-up, " + how);
      case Stage.Adopting _ when !listed -> failed(entry, "died in its start-up, " + how);
      case Stage.Serving() -> {
        var served = steps.time().since(entry.since());
        if (backoff.tooShort(served)) {
          failed(entry, "%s after it had served for %d s".formatted(how, served.toSeconds()));
        } else {
          log.warn("instance={} service={} {}", entry.id(), entry.service(), how);
        }
      }
      case Stage _ -> {}
    }
    var reason = entry.stage().reason();
    steps.advance(entry, new Stage.Ended(reason.isEmpty() ? how : how + ": " + reason));
  }

  /// Notes that a start-up is given up.
  void hung(Tracked entry, String why) {
    failed(entry, why + ", and is killed");
  }

  private void failed(Tracked entry, String what) {
    var wait = backoff.failed(entry.service());
    var file = logs.resolve(entry.id() + ".log");
    note(entry, "%s; next start %s".formatted(what, text(wait)), file);
    log.error(
        "instance={} service={} {}; next start {}. {}",
        entry.id(),
        entry.service(),
        what,
        text(wait),
        LogTail.quote(file, QUOTED_LINES));
  }

  private void note(Tracked entry, String what, Path file) {
    failures.note(
        new StartFailure(
            entry.service(),
            entry.identity().version(),
            entry.id(),
            steps.time().now(),
            what,
            LogTail.lastLines(file, QUOTED_LINES)));
  }

  private static String text(Duration wait) {
    return wait.isZero() ? "at once" : "in %d s".formatted(wait.toSeconds());
  }

  /// Ends the series of failed starts of services whose instances have served for long enough.
  void steady(List<Tracked> all, Time time) {
    for (var entry : all) {
      if (entry.stage() instanceof Stage.Serving) {
        var served = time.since(entry.since());
        if (backoff.served(entry.service(), served, entry.identity().startedAt())) {
          failures.served(entry.service(), entry.identity().version());
        }
      }
    }
  }
}
