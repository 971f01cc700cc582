package dev.myelin.stethoscope.vitals;

import dev.myelin.membership.SerialScheduler;
import dev.myelin.stethoscope.vitals.Verdicts.Verdict;
import dev.myelin.wire.Flag;
import dev.myelin.wire.Heartbeat;
import dev.myelin.wire.Instance;
import dev.myelin.wire.InstanceId;
import dev.myelin.wire.Opinion;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Applies [Verdicts] to the patients: turns what is heard, and the time, into signs, and signs
/// into measures. Not thread-safe: belongs to the [Ward], whose lock is held whenever it is called.
final class Examiner {

  private static final Logger log = LoggerFactory.getLogger(Examiner.class);

  /// Rounds further apart than this say more of the stethoscope than of anybody else.
  private static final Duration STOPPED = Duration.ofSeconds(1);

  private static final Duration PROBE_EVERY = Duration.ofMillis(500);

  private final Thresholds thresholds;
  private final Measures measures;
  private final SerialScheduler scheduler;
  private final SelfDoubt doubt;
  private final Colleagues colleagues;
  private final Patients patients;
  private final Outside outside;
  private @Nullable Long roundAt;
  private @Nullable Long probedAt;

  /// Whom it speaks to, once the lock is let go.
  ///
  /// @param questions to instances and other stethoscopes
  /// @param probe asks another stethoscope whether it is there
  /// @param flag brings a flag to the orchestrator
  record Outside(Questions questions, Consumer<Instance> probe, Consumer<Flag> flag) {}

  Examiner(
      Thresholds thresholds,
      Measures measures,
      SerialScheduler scheduler,
      SelfDoubt doubt,
      Patients patients,
      Outside outside) {
    this.thresholds = thresholds;
    this.measures = measures;
    this.scheduler = scheduler;
    this.doubt = doubt;
    this.patients = patients;
    this.colleagues = patients.colleagues();
    this.outside = outside;
  }

  void beat(Heartbeat heartbeat, long now) {
    var patient = patients.sender(heartbeat, now);
    if (patient != null && patient.hear(heartbeat)) {
      judge(patient, Sign.BEAT, now);
      patient.beat(now);
      heartbeat.suspected().forEach(suspect -> complain(suspect, now));
    }
  }

  void complain(InstanceId suspect, long now) {
    var patient = patients.find(suspect);
    if (patient != null && patient.own()) {
      if (patient.worthAsking(thresholds.askEvery(), now)) {
        judge(patient, Sign.COMPLAINT, now);
      }
      return;
    }
    // What another stethoscope is told of its patient is a complaint to it
    var instance = patients.instance(suspect);
    if (instance != null) {
      colleagues.second(suspect).ifPresent(owner -> outside.questions().tell(owner, instance, now));
    }
  }

  /// Takes note that another stethoscope asks about an instance: where it is this one's to watch,
  /// the other passes on a complaint.
  void consulted(InstanceId id, long now) {
    var patient = patients.find(id);
    if (patient != null && patient.own()) {
      complain(id, now);
    }
  }

  void round(long now) {
    long gap = roundAt == null ? Ward.ROUND.toNanos() : now - roundAt;
    roundAt = now;
    doubt.late(Duration.ofNanos(Math.max(0, gap - Ward.ROUND.toNanos())), now);
    if (gap > STOPPED.toNanos()) {
      log.warn(
          "This stethoscope was not run for {}: it accuses nobody of that time",
          Duration.ofNanos(gap));
      patients.all().forEach(patient -> patient.restartClocks(now));
      colleagues.restartClocks(now);
      return;
    }
    if (gap > 2 * Ward.ROUND.toNanos()) {
      patients.all().forEach(patient -> patient.excuse(gap - Ward.ROUND.toNanos()));
    }
    look(now);
    listen(now);
    flag(now);
  }

  private void look(long now) {
    if (probedAt == null || now - probedAt >= PROBE_EVERY.toNanos()) {
      probedAt = now;
      for (var other : colleagues.others()) {
        scheduler.execute(() -> outside.probe().accept(other));
      }
    }
    if (colleagues.look(now)) {
      patients.share(now);
    }
  }

  private void listen(long now) {
    patients.farewell(now);
    int own = 0;
    int lost = 0;
    for (var patient : patients.all()) {
      if (patient.own()) {
        own++;
        var sign = patient.sign(thresholds, doubt.stretch(), now);
        if (sign != null) {
          judge(patient, sign, now);
        }
        lost += patient.lost(now) ? 1 : 0;
      }
    }
    doubt.losses(own, lost);
  }

  private void flag(long now) {
    boolean alone = colleagues.alone();
    var limit = alone ? thresholds.flag().aloneAfter() : thresholds.flag().after();
    for (var patient : patients.all()) {
      if (patient.own()
          && patient.overdue(limit, doubt.stretch(), now)
          && !doubt.doubting()
          && (alone || patient.freshVote(now) != null)) {
        judge(patient, Sign.OVERDUE, now);
      }
    }
  }

  private void judge(Patient patient, Sign sign, long now) {
    var verdict = patient.own() ? Verdicts.of(patient.condition(), sign).orElse(null) : null;
    if (verdict == null) {
      return;
    }
    var silence = patient.silence(now);
    if (verdict.to() != verdict.from() || sign == Sign.OVERDUE) {
      patient.enter(verdict.to(), now);
      var id = patient.instance().id();
      scheduler.execute(() -> Verdicts.say(id, verdict, silence));
    }
    carryOut(patient, verdict, silence, now);
  }

  private void carryOut(Patient patient, Verdict verdict, Duration silence, long now) {
    var id = patient.instance().id();
    var reason = "silent for %d ms".formatted(silence.toMillis());
    switch (verdict.measure()) {
      case NONE -> {}
      case ASK -> ask(patient, now);
      case QUARANTINE -> {
        var why = verdict.to() == Condition.MUTE ? "does not answer, as callers said" : reason;
        scheduler.execute(() -> measures.quarantine(id, why));
        ask(patient, now);
      }
      case RELEASE -> scheduler.execute(() -> measures.release(id, "heard again"));
      case FLAG -> {
        var votes = new ArrayList<>(List.of(colleagues.self()));
        var second = patient.freshVote(now);
        if (second != null) {
          votes.add(second);
        }
        var flag = new Flag(id, reason + ", did not answer", votes, patients.census());
        scheduler.execute(() -> outside.flag().accept(flag));
      }
    }
  }

  private void ask(Patient patient, long now) {
    if (outside.questions().ask(patient.instance(), colleagues.second(patient.instance().id()))) {
      patient.asking(now);
    }
  }

  void answered(InstanceId id, @Nullable Heartbeat heartbeat) {
    var patient = patients.find(id);
    if (patient != null) {
      patient.askingEnded();
      alive(patient, heartbeat);
    }
  }

  void advised(InstanceId id, InstanceId second, Opinion opinion) {
    var patient = patients.find(id);
    if (patient == null) {
      return;
    }
    long now = scheduler.nanoTime();
    patient.vote(opinion.finding() == Opinion.Finding.SILENT ? second : null, now);
    switch (opinion.finding()) {
      case ANSWERS -> alive(patient, opinion.heartbeat());
      case BEATS -> {
        judge(patient, Sign.BEAT, now);
        patient.heard(now);
      }
      case SILENT, UNSURE -> {}
    }
  }

  private void alive(Patient patient, @Nullable Heartbeat heartbeat) {
    // Another process may listen there by now
    if (heartbeat != null && heartbeat.id().equals(patient.instance().id())) {
      long now = scheduler.nanoTime();
      patient.hear(heartbeat);
      judge(patient, Sign.ANSWER, now);
      patient.heard(now);
    }
  }

  void flagLost(InstanceId id) {
    var patient = patients.find(id);
    if (patient != null) {
      judge(patient, Sign.FLAG_LOST, scheduler.nanoTime());
    }
  }

  /// Whether an instance's own heartbeats come here, whoever watches it.
  boolean beatsHere(InstanceId id) {
    var patient = patients.find(id);
    return patient != null
        && patient.beatsHere(thresholds.quarantine().lateAfter(), scheduler.nanoTime());
  }

  boolean doubting() {
    return doubt.doubting();
  }
}
