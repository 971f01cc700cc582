package dev.myelin.stethoscope.vitals;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.myelin.membership.SerialScheduler;
import dev.myelin.wire.Flag;
import dev.myelin.wire.Heartbeat;
import dev.myelin.wire.Instance;
import dev.myelin.wire.InstanceId;
import dev.myelin.wire.Member;
import dev.myelin.wire.Opinion;
import dev.myelin.wire.Opinion.Finding;
import dev.myelin.wire.Reading;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The instances that one of several stethoscopes watches.
///
/// - An instance is watched from when it is seen among the members, or is taken over from another
///   stethoscope, and counts as heard at that moment.
/// - One whose heartbeat is late is asked, by this stethoscope and by the second one in its rank,
///   before it is quarantined.
/// - One that stays silent is flagged with the second one's vote; without it only where there is no
///   second one, and later.
/// - Time is judged in [#round], to be called every [#ROUND]. If it is called late, the process was
///   starved or stopped: nobody is accused of that time, and the stethoscope doubts itself.
/// - Measures are tasks of the scheduler, queued under the lock, so that a release never overtakes
///   the quarantine it takes back.
///
/// Thread-safe; never blocks but for its own short lock.
public final class Ward {

  /// Time from one round to the next.
  public static final Duration ROUND = Duration.ofMillis(100);

  private static final Logger log = LoggerFactory.getLogger(Ward.class);
  private static final Duration BEATS_WILL_DO = Duration.ofMillis(500);

  private final Measures measures;
  private final SerialScheduler scheduler;
  private final ReentrantLock lock = new ReentrantLock();

  @GuardedBy("lock")
  private final Colleagues colleagues;

  @GuardedBy("lock")
  private final Patients patients;

  @GuardedBy("lock")
  private final Examiner examiner;

  /// Creates one that watches nobody yet.
  ///
  /// @param self the process that it is in
  /// @param thresholds when silence is judged how
  /// @param measures carries out what is to be done
  /// @param scheduler runs the measures, and has the clock
  /// @param doubt how it judges itself
  public Ward(
      InstanceId self,
      Thresholds thresholds,
      Measures measures,
      SerialScheduler scheduler,
      SelfDoubt doubt) {
    this.measures = measures;
    this.scheduler = scheduler;
    this.colleagues = new Colleagues(self);
    this.patients = new Patients(colleagues);
    var questions = new Questions(measures, scheduler, this::answered, this::advised);
    this.examiner =
        new Examiner(
            thresholds,
            measures,
            scheduler,
            doubt,
            patients,
            new Examiner.Outside(questions, this::probe, this::flag));
  }

  /// Takes in who is new among the members, and forgets who is not there any more.
  ///
  /// @param members all of them
  public void watch(List<Member> members) {
    lock.lock();
    try {
      for (var id : patients.members(members, scheduler.nanoTime())) {
        scheduler.execute(() -> measures.forget(id));
      }
    } finally {
      lock.unlock();
    }
  }

  /// Takes note of the stethoscopes there are, this one included once it can be found.
  ///
  /// @param processes all of them
  public void colleagues(List<Instance> processes) {
    lock.lock();
    try {
      long now = scheduler.nanoTime();
      colleagues.listed(processes, now);
      patients.share(now);
    } finally {
      lock.unlock();
    }
  }

  /// Takes a heartbeat. One of an instance that is no member (yet), or older than its last, is
  /// ignored.
  ///
  /// @param heartbeat what came
  public void beat(Heartbeat heartbeat) {
    lock.lock();
    try {
      examiner.beat(heartbeat, scheduler.nanoTime());
    } finally {
      lock.unlock();
    }
  }

  /// Looks at the time.
  public void round() {
    lock.lock();
    try {
      examiner.round(scheduler.nanoTime());
    } finally {
      lock.unlock();
    }
  }

  /// What is known of every instance that is watched or beats here, in order of their ids.
  public List<Reading> readings() {
    lock.lock();
    try {
      long now = scheduler.nanoTime();
      var readings = new ArrayList<Reading>();
      for (var patient : patients.all()) {
        readings.add(patient.reading(now));
      }
      return readings;
    } finally {
      lock.unlock();
    }
  }

  /// Says what is to be thought of an instance that another stethoscope cannot hear, or that its
  /// callers complain of.
  ///
  /// @param instance about whom
  /// @return what is found, after it was asked
  public CompletableFuture<Opinion> opinion(Instance instance) {
    var id = instance.id();
    var opinion = new CompletableFuture<Opinion>();
    lock.lock();
    try {
      examiner.consulted(id, scheduler.nanoTime());
    } finally {
      lock.unlock();
    }
    scheduler.execute(() -> {
      var _ =
          measures.ask(instance).whenComplete((answer, _) -> opinion.complete(thought(id, answer)));
    });
    scheduler.schedule(
        BEATS_WILL_DO,
        () -> {
          if (beatsHere(id)) {
            opinion.complete(Opinion.without(Finding.BEATS));
          }
        });
    return opinion;
  }

  private boolean beatsHere(InstanceId id) {
    lock.lock();
    try {
      return examiner.beatsHere(id);
    } finally {
      lock.unlock();
    }
  }

  private Opinion thought(InstanceId id, @Nullable Heartbeat answer) {
    if (answer != null && answer.id().equals(id)) {
      return Opinion.answers(answer);
    }
    lock.lock();
    try {
      var unheard = examiner.doubting() ? Finding.UNSURE : Finding.SILENT;
      return Opinion.without(examiner.beatsHere(id) ? Finding.BEATS : unheard);
    } finally {
      lock.unlock();
    }
  }

  private void answered(InstanceId id, @Nullable Heartbeat heartbeat) {
    lock.lock();
    try {
      examiner.answered(id, heartbeat);
    } finally {
      lock.unlock();
    }
  }

  private void advised(InstanceId id, InstanceId second, Opinion opinion) {
    lock.lock();
    try {
      examiner.advised(id, second, opinion);
    } finally {
      lock.unlock();
    }
  }

  private void probe(Instance other) {
    var _ =
        measures
            .probe(other)
            .whenComplete((listens, _) -> {
              if (Boolean.TRUE.equals(listens)) {
                present(other.id());
              }
            });
  }

  private void present(InstanceId other) {
    lock.lock();
    try {
      long now = scheduler.nanoTime();
      if (colleagues.answered(other, now)) {
        patients.share(now);
      }
    } finally {
      lock.unlock();
    }
  }

  private void flag(Flag flag) {
    var _ =
        measures
            .flag(flag)
            .whenComplete((answer, failure) -> {
              if (failure != null || !answer.taken()) {
                lost(flag, failure == null ? answer.reason() : failure.toString());
              }
            });
  }

  private void lost(Flag flag, String reason) {
    log.warn("Flag not taken: instance={} votes={} reason={}", flag.id(), flag.votes(), reason);
    lock.lock();
    try {
      examiner.flagLost(flag.id());
    } finally {
      lock.unlock();
    }
  }
}
