package dev.myelin.stethoscope.vitals;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.myelin.membership.SerialScheduler;
import dev.myelin.stethoscope.vitals.Verdicts.Verdict;
import dev.myelin.wire.Heartbeat;
import dev.myelin.wire.Instance;
import dev.myelin.wire.InstanceId;
import dev.myelin.wire.Member;
import dev.myelin.wire.Reading;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The instances that a stethoscope watches.
///
/// - An instance is watched from when it is seen among the members until it is not, and counts as
///   heard at that moment.
/// - Time is judged in [#round], to be called several times a second. If it is called late, the
///   process was starved or stopped: then nobody is accused and every wait begins anew.
/// - Measures are tasks of the scheduler, queued under the lock, so that a release never overtakes
///   the quarantine it takes back.
///
/// Thread-safe; never blocks but for its own short lock.
public final class Ward {

  private static final Logger log = LoggerFactory.getLogger(Ward.class);

  /// Rounds further apart than this say more of the stethoscope than of anybody else.
  private static final Duration LATE = Duration.ofSeconds(1);

  private final Thresholds thresholds;
  private final Measures measures;
  private final SerialScheduler scheduler;
  private final ReentrantLock lock = new ReentrantLock();

  @GuardedBy("lock")
  private final TreeMap<InstanceId, Patient> patients = new TreeMap<>();

  @GuardedBy("lock")
  private final FlagBudget budget = new FlagBudget();

  @GuardedBy("lock")
  private @Nullable Long roundAt;

  /// Creates one that watches nobody yet.
  ///
  /// @param thresholds when silence is judged how
  /// @param measures carries out what is to be done
  /// @param scheduler runs the measures, and has the clock
  public Ward(Thresholds thresholds, Measures measures, SerialScheduler scheduler) {
    this.thresholds = thresholds;
    this.measures = measures;
    this.scheduler = scheduler;
  }

  /// Takes in who is new among the members, and forgets who is not there any more.
  ///
  /// @param members all of them
  public void watch(List<Member> members) {
    lock.lock();
    try {
      long now = scheduler.nanoTime();
      var gone = new HashSet<>(patients.keySet());
      for (var member : members) {
        var id = member.instance().id();
        gone.remove(id);
        var patient = patients.get(id);
        if (patient == null) {
          patients.put(id, new Patient(member, now));
        } else {
          patient.update(member.instance());
        }
      }
      for (var id : gone) {
        patients.remove(id);
        scheduler.execute(() -> measures.forget(id));
      }
    } finally {
      lock.unlock();
    }
  }

  /// Takes a heartbeat. One of an instance that is not watched (yet), or older than its last, is
  /// ignored.
  ///
  /// @param heartbeat what came
  public void beat(Heartbeat heartbeat) {
    lock.lock();
    try {
      var patient = patients.get(heartbeat.id());
      if (patient != null && patient.hear(heartbeat)) {
        long now = scheduler.nanoTime();
        judge(patient, Sign.BEAT, now);
        patient.heard(now);
      }
    } finally {
      lock.unlock();
    }
  }

  /// Looks at the time.
  public void round() {
    lock.lock();
    try {
      long now = scheduler.nanoTime();
      var gap = Duration.ofNanos(roundAt == null ? 0 : now - roundAt);
      roundAt = now;
      if (gap.compareTo(LATE) > 0) {
        log.warn("This stethoscope was not run for {}: it accuses nobody of that time", gap);
        for (var patient : patients.values()) {
          patient.restartClocks(now);
        }
        return;
      }
      listen(now);
      flag(now);
    } finally {
      lock.unlock();
    }
  }

  /// What is known of every watched instance, in order of their ids.
  public List<Reading> readings() {
    lock.lock();
    try {
      long now = scheduler.nanoTime();
      var readings = new ArrayList<Reading>(patients.size());
      for (var patient : patients.values()) {
        readings.add(patient.reading(now));
      }
      return readings;
    } finally {
      lock.unlock();
    }
  }

  @GuardedBy("lock")
  private void listen(long now) {
    int suspect = 0;
    for (var patient : patients.values()) {
      if (patient.silent(thresholds, now)) {
        judge(patient, Sign.SILENCE, now);
      } else if (patient.unasked(thresholds, now)) {
        judge(patient, Sign.UNASKED, now);
      }
      suspect += patient.condition().suspect() ? 1 : 0;
    }
    budget.census(patients.size(), suspect);
  }

  @GuardedBy("lock")
  private void flag(long now) {
    for (var patient : patients.values()) {
      if (patient.overdue(thresholds, now) && affordable(patient, now)) {
        judge(patient, Sign.OVERDUE, now);
      }
    }
  }

  @GuardedBy("lock")
  private boolean affordable(Patient patient, long now) {
    return patient.condition() == Condition.FLAGGED
        ? budget.repeat()
        : budget.spend(patient.instance().id(), now);
  }

  @GuardedBy("lock")
  private void judge(Patient patient, Sign sign, long now) {
    var verdict = Verdicts.of(patient.condition(), sign).orElse(null);
    if (verdict == null) {
      return;
    }
    var silence = patient.silence(now);
    if (verdict.to() != verdict.from() || sign == Sign.OVERDUE) {
      patient.enter(verdict.to(), now);
      var id = patient.instance().id();
      scheduler.execute(() -> say(id, verdict, silence));
    }
    carryOut(patient, verdict.measure(), "silent for %d ms".formatted(silence.toMillis()), now);
  }

  private static void say(InstanceId id, Verdict verdict, Duration silence) {
    log.info(
        "Condition changed: instance={} from={} to={} sign={} silence={}",
        id,
        verdict.from(),
        verdict.to(),
        verdict.sign(),
        silence);
  }

  private void carryOut(Patient patient, Measure measure, String reason, long now) {
    var id = patient.instance().id();
    switch (measure) {
      case NONE -> {}
      case ASK -> ask(patient, now);
      case QUARANTINE -> {
        scheduler.execute(() -> measures.quarantine(id, reason));
        ask(patient, now);
      }
      case RELEASE -> scheduler.execute(() -> measures.release(id, "heard again"));
      case FLAG -> scheduler.execute(() -> flag(id, reason + ", did not answer"));
    }
  }

  private void flag(InstanceId id, String reason) {
    var _ = measures.flag(id, reason).whenComplete((_, failure) -> flagged(id, failure));
  }

  private void ask(Patient patient, long now) {
    patient.asking(now);
    var instance = patient.instance();
    scheduler.execute(() -> ask(instance));
  }

  private void ask(Instance instance) {
    var _ = measures.ask(instance).whenComplete((heartbeat, _) -> asked(instance.id(), heartbeat));
  }

  private void asked(InstanceId id, @Nullable Heartbeat heartbeat) {
    lock.lock();
    try {
      var patient = patients.get(id);
      if (patient == null) {
        return;
      }
      patient.askingEnded();
      // Another process may listen there by now
      if (heartbeat != null && heartbeat.id().equals(id)) {
        long now = scheduler.nanoTime();
        patient.hear(heartbeat);
        judge(patient, Sign.ANSWER, now);
        patient.heard(now);
      }
    } finally {
      lock.unlock();
    }
  }

  private void flagged(InstanceId id, @Nullable Throwable failure) {
    if (failure == null) {
      return;
    }
    lock.lock();
    try {
      var patient = patients.get(id);
      if (patient != null) {
        judge(patient, Sign.FLAG_LOST, scheduler.nanoTime());
      }
    } finally {
      lock.unlock();
    }
  }
}
