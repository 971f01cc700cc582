package dev.myelin.stethoscope.vitals;

import dev.myelin.wire.Heartbeat;
import dev.myelin.wire.Instance;
import dev.myelin.wire.InstanceState;
import dev.myelin.wire.Member;
import dev.myelin.wire.Reading;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// What is known of one instance. Not thread-safe: belongs to the [Ward].
final class Patient {

  private Instance instance;
  private Condition condition;
  private @Nullable Heartbeat last;
  private long heardAt;
  private long conditionSince;
  private long askedAt;
  private boolean asked;

  /// Takes it in, as pubsub has it: what another stethoscope has quarantined is asked first.
  Patient(Member member, long now) {
    instance = member.instance();
    condition =
        member.state() == InstanceState.QUARANTINED ? Condition.QUARANTINED : Condition.BEATING;
    heardAt = now;
    conditionSince = now;
    askedAt = now;
  }

  Instance instance() {
    return instance;
  }

  Condition condition() {
    return condition;
  }

  void update(Instance registered) {
    instance = registered;
  }

  /// Takes a heartbeat, and says whether it is newer than the last.
  boolean hear(Heartbeat heartbeat) {
    if (last != null && heartbeat.sequence() <= last.sequence()) {
      return false;
    }
    last = heartbeat;
    return true;
  }

  void heard(long now) {
    heardAt = now;
  }

  /// Lets every wait begin anew.
  void restartClocks(long now) {
    heardAt = now;
    conditionSince = now;
  }

  void enter(Condition next, long now) {
    condition = next;
    conditionSince = now;
  }

  void asking(long now) {
    asked = true;
    askedAt = now;
  }

  void askingEnded() {
    asked = false;
  }

  Duration silence(long now) {
    return Duration.ofNanos(now - heardAt);
  }

  boolean silent(Thresholds thresholds, long now) {
    return !condition.suspect() && silence(now).compareTo(thresholds.suspectAfter()) > 0;
  }

  boolean unasked(Thresholds thresholds, long now) {
    return condition != Condition.BEATING
        && !asked
        && now - askedAt >= thresholds.askEvery().toNanos();
  }

  boolean overdue(Thresholds thresholds, long now) {
    return condition.suspect() && now - conditionSince >= thresholds.flagAfter().toNanos();
  }

  Reading reading(long now) {
    return new Reading(instance.id(), condition.health(), silence(now), last);
  }
}
