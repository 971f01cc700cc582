package dev.myelin.stethoscope.vitals;

import dev.myelin.wire.InstanceId;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Keeps a stethoscope that errs from emptying a cluster.
///
/// - At most a tenth of the watched instances, and one in any case, are flagged within a minute.
///   One that is still flagged, or was within that minute, is flagged again at no cost: it neither
///   dies twice nor keeps others from being replaced.
/// - While more than half of them (and there are more than two) are suspect, none is: it is more
///   likely that the stethoscope is cut off.
///
/// Not thread-safe.
final class FlagBudget {

  private static final Logger log = LoggerFactory.getLogger(FlagBudget.class);
  private static final Duration PERIOD = Duration.ofMinutes(1);

  private final Map<InstanceId, Long> flaggedAt = new LinkedHashMap<>();
  private int watched;
  private boolean frozen;

  /// Takes note of how many there are; says so once when flags freeze, and when they thaw.
  void census(int all, int suspect) {
    watched = all;
    boolean tooMany = all > 2 && 2 * suspect > all;
    if (tooMany && !frozen) {
      log.error(
          "{} of {} instances are suspect: this stethoscope may be cut off and flags none",
          suspect,
          all);
    } else if (frozen && !tooMany) {
      log.info("{} of {} instances are suspect: flags are given again", suspect, all);
    }
    frozen = tooMany;
  }

  /// Whether an instance that is flagged may be flagged again now.
  boolean repeat() {
    return !frozen;
  }

  /// Whether an instance that is not flagged may be now; counts it if so.
  boolean spend(InstanceId id, long now) {
    flaggedAt.values().removeIf(at -> now - at >= PERIOD.toNanos());
    if (frozen || (!flaggedAt.containsKey(id) && flaggedAt.size() >= Math.max(1, watched / 10))) {
      return false;
    }
    flaggedAt.putIfAbsent(id, now);
    return true;
  }
}
