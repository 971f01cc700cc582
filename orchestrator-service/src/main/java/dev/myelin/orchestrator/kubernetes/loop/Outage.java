package dev.myelin.orchestrator.kubernetes.loop;

import dev.myelin.orchestrator.kubernetes.apply.WriteFailed;
import dev.myelin.orchestrator.time.Time;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Whether the API takes writes, as the last of them tell. Confined to [Jobs], under its lock.
final class Outage {

  private static final Logger log = LoggerFactory.getLogger(Outage.class);

  private final Time time;
  private boolean away;
  private long since;
  private long notBefore;
  private int failures;
  private String why = "";
  private @Nullable String trying;

  Outage(Time time) {
    this.time = time;
  }

  boolean mayTry() {
    return !away || (trying == null && time.nanos() - notBefore >= 0);
  }

  Optional<String> text() {
    return away
        ? Optional.of(
            "For %d s the API has taken no writes: %s".formatted(lasted().toSeconds(), why))
        : Optional.empty();
  }

  private Duration lasted() {
    return Duration.ofNanos(time.nanos() - since);
  }

  /// Takes note that a job begins.
  ///
  /// @param key what it is about
  void trying(String key) {
    if (away) {
      trying = key;
    }
  }

  /// Takes note of what a job has come to.
  ///
  /// @param key what it was about
  /// @param failure why nothing was written; null where something was
  void tried(String key, @Nullable WriteFailed failure) {
    boolean itsTurn = key.equals(trying);
    if (itsTurn) {
      trying = null;
    }
    if (failure == null || failure.why() != WriteFailed.Why.UNAVAILABLE) {
      end();
    } else if (!away) {
      away = true;
      since = time.nanos();
      failures = 0;
      log.warn("The API takes no writes now; all wait, one at a time is tried", failure);
      pause(failure);
    } else if (itsTurn) {
      pause(failure); // others began before it was known
    }
  }

  private void end() {
    if (away) {
      away = false;
      log.info("The API takes writes again, after {} s", lasted().toSeconds());
    }
  }

  private void pause(WriteFailed failure) {
    why = String.valueOf(failure.getMessage());
    var pause = Pauses.UNAVAILABLE.after(failures++);
    var asked = failure.retryAfter();
    notBefore = time.nanos() + (asked.compareTo(pause) > 0 ? asked : pause).toNanos();
  }
}
