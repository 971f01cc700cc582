package dev.myelin.stethoscope.vitals;

import dev.myelin.wire.Heartbeat;
import dev.myelin.wire.Instance;
import dev.myelin.wire.InstanceId;
import dev.myelin.wire.InstanceState;
import dev.myelin.wire.Member;
import dev.myelin.wire.Reading;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// What is known of one instance. Not thread-safe: belongs to the [Ward].
final class Patient {

  private static final int MOST_OPEN = 8;
  private static final Duration RELEASE_AGAIN = Duration.ofSeconds(2);
  private static final Duration VOTE_FRESH = Duration.ofSeconds(5);
  private static final Duration LOSS_FRESH = Duration.ofSeconds(15);

  private Instance instance;
  private InstanceState listed;
  private Condition condition;
  private @Nullable Heartbeat last;
  private boolean own;
  private long heardAt;
  private long beatAt;
  private boolean beats;
  private long conditionSince;
  private long askedAt;
  private int open;
  private long listedSince;
  private @Nullable InstanceId vote;
  private long voteAt;

  /// Takes it in, as pubsub has it: what another stethoscope has quarantined is asked first.
  Patient(Member member, long now) {
    instance = member.instance();
    listed = member.state();
    condition = listed == InstanceState.QUARANTINED ? Condition.QUARANTINED : Condition.BEATING;
    heardAt = now;
    beatAt = now;
    conditionSince = now;
    askedAt = now;
    listedSince = now;
  }

  /// The same instance, taken in as this stethoscope's own: what is listed counts, and it counts as
  /// heard now; only the numbers of its heartbeats go on.
  Patient takenIn(Member member, long now) {
    var taken = new Patient(member, now);
    taken.own = true;
    taken.last = last;
    taken.beats = beats;
    taken.beatAt = beatAt;
    return taken;
  }

  /// Whether it is this stethoscope's to judge; else it only beats here.
  boolean own() {
    return own;
  }

  void leave() {
    own = false;
  }

  Instance instance() {
    return instance;
  }

  Condition condition() {
    return condition;
  }

  void update(Member member, long now) {
    instance = member.instance();
    if (listed != member.state()) {
      listed = member.state();
      listedSince = now;
    }
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

  /// Its own heartbeat came here.
  void beat(long now) {
    heardAt = now;
    beatAt = now;
    beats = true;
  }

  /// Whether its own heartbeats have come here lately.
  boolean beatsHere(Duration lately, long now) {
    return beats && now - beatAt <= lately.toNanos();
  }

  /// Lets every wait begin anew.
  void restartClocks(long now) {
    heardAt = now;
    conditionSince = now;
    vote = null;
  }

  /// Leaves out a time in which nobody listened.
  void excuse(long nanos) {
    heardAt += nanos;
    conditionSince += nanos;
  }

  void enter(Condition next, long now) {
    condition = next;
    conditionSince = now;
    if (!next.suspect()) {
      vote = null;
    }
  }

  void asking(long now) {
    open++;
    askedAt = now;
  }

  void askingEnded() {
    // It may have been taken in anew since the question was put
    open = Math.max(0, open - 1);
  }

  /// Whether a complaint about it is news: it has not cleared itself a moment ago.
  boolean worthAsking(Duration askEvery, long now) {
    return condition.urgent() || now - askedAt >= askEvery.toNanos() / 2;
  }

  /// Takes the second stethoscope's vote against it; null takes it back.
  void vote(@Nullable InstanceId against, long now) {
    vote = against;
    voteAt = now;
  }

  @Nullable InstanceId freshVote(long now) {
    return vote != null && now - voteAt <= VOTE_FRESH.toNanos() ? vote : null;
  }

  Duration silence(long now) {
    return Duration.ofNanos(now - heardAt);
  }

  boolean longerThan(Duration limit, double stretch, long since, long now) {
    return now - since > limit.toNanos() * stretch;
  }

  /// What the passing of time says of it; null if nothing.
  @Nullable Sign sign(Thresholds thresholds, double stretch, long now) {
    var limits = thresholds.quarantine();
    boolean healthy = condition == Condition.BEATING || condition == Condition.ANSWERING;
    if (condition != Condition.QUARANTINED
        && condition != Condition.FLAGGED
        && !healthy
        && longerThan(limits.suspectAfter(), stretch, heardAt, now)) {
      return Sign.SILENCE;
    }
    if (condition == Condition.ACCUSED
        && longerThan(limits.complaintAfter(), stretch, conditionSince, now)) {
      return Sign.UNANSWERED;
    }
    if (healthy && longerThan(limits.lateAfter(), 1, heardAt, now)) {
      return Sign.LATENESS;
    }
    if (wronged(healthy, now)) {
      listedSince = now;
      return Sign.WRONGED;
    }
    return unasked(thresholds, now) ? Sign.UNASKED : null;
  }

  // A release takes a moment until it is listed
  private boolean wronged(boolean healthy, long now) {
    return healthy
        && listed == InstanceState.QUARANTINED
        && now - listedSince >= RELEASE_AGAIN.toNanos()
        && heardAt - listedSince > 0;
  }

  private boolean unasked(Thresholds thresholds, long now) {
    var wait = condition.urgent() ? thresholds.quarantine().askUrgently() : thresholds.askEvery();
    return condition != Condition.BEATING && open < MOST_OPEN && now - askedAt >= wait.toNanos();
  }

  /// Whether it has been suspect for so long that it has to be replaced.
  boolean overdue(Duration limit, double stretch, long now) {
    return (condition == Condition.QUARANTINED || condition == Condition.FLAGGED)
        && now - conditionSince >= limit.toNanos() * stretch;
  }

  /// Whether it fell silent a moment ago.
  boolean lost(long now) {
    return condition.silent() && now - heardAt <= LOSS_FRESH.toNanos();
  }

  Reading reading(long now) {
    return new Reading(instance.id(), condition.health(), silence(now), last);
  }
}
