package dev.myelin.stethoscope.vitals;

import dev.myelin.membership.Members;
import dev.myelin.membership.Rendezvous;
import dev.myelin.membership.VirtualScheduler;
import dev.myelin.wire.CallTotals;
import dev.myelin.wire.Flag;
import dev.myelin.wire.Heartbeat;
import dev.myelin.wire.InstanceId;
import dev.myelin.wire.Member;
import dev.myelin.wire.Opinion;
import dev.myelin.wire.Reading;
import dev.myelin.wire.Reading.Health;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;

/// A ward with a virtual clock, whose instances beat when a test lets them.
final class WardOnTest {

  static final Thresholds THRESHOLDS =
      new Thresholds(
          new Thresholds.Quarantine(
              Duration.ofMillis(1200),
              Duration.ofMillis(2200),
              Duration.ofSeconds(1),
              Duration.ofMillis(150)),
          new Thresholds.Flagging(Duration.ofSeconds(10), Duration.ofSeconds(20)),
          Duration.ofSeconds(1));
  static final InstanceId SELF = new InstanceId("core-1");
  static final InstanceId OTHER = new InstanceId("core-2");

  final VirtualScheduler scheduler = new VirtualScheduler();
  final RecordedMeasures measures = new RecordedMeasures();
  final Ward ward = new Ward(SELF, THRESHOLDS, measures, scheduler, new SelfDoubt());
  private final Map<String, Long> sequences = new HashMap<>();

  WardOnTest() {
    scheduler.repeat(Duration.ofMillis(100), ward::round);
  }

  static String name(int number) {
    return "i-%03d".formatted(number);
  }

  /// Watches instances `i-000`, `i-001`, …
  void watch(int count) {
    ward.watch(
        IntStream.range(0, count).mapToObj(number -> Members.serving(name(number), "a")).toList());
  }

  void watch(Member... members) {
    ward.watch(List.of(members));
  }

  Heartbeat nextBeat(String id) {
    return new Heartbeat(
        new InstanceId(id), sequences.merge(id, 1L, Long::sum), List.of(), CallTotals.NONE);
  }

  void beat(String id) {
    ward.beat(nextBeat(id));
    scheduler.runDue();
  }

  /// Lets time pass in which the instances from a number on beat each second and the others do not.
  void pass(Duration time, int firstBeating, int count) {
    for (long second = 0; second < time.toSeconds(); second++) {
      IntStream.range(firstBeating, count).forEach(number -> beat(name(number)));
      scheduler.advance(Duration.ofSeconds(1));
    }
  }

  /// Lets there be two stethoscopes, of which the other one answers.
  void pair() {
    measures.present.add(OTHER);
    ward.colleagues(List.of(Members.instance("core-1", "s"), Members.instance("core-2", "s")));
  }

  /// The first of `i-000`, `i-001`, … that belongs to this stethoscope of a pair, or to the other.
  static String of(InstanceId owner) {
    return IntStream.range(0, 100)
        .mapToObj(WardOnTest::name)
        .filter(name -> owner(name).equals(owner))
        .findFirst()
        .orElseThrow();
  }

  /// Which of a pair an instance belongs to.
  static InstanceId owner(String name) {
    return new Rendezvous(List.of(SELF, OTHER)).first(new InstanceId(name)).orElseThrow();
  }

  /// Lets the second stethoscope say what it thinks, as long as it is asked.
  void advise(String id, Opinion opinion) {
    var asked = measures.opinions.remove(new InstanceId(id));
    if (asked != null) {
      asked.complete(opinion);
      scheduler.runDue();
    }
  }

  /// Has a process beat that has evidence against an instance.
  void complain(String caller, String about) {
    var beat = nextBeat(caller);
    ward.beat(
        new Heartbeat(
            beat.id(),
            beat.sequence(),
            List.of(),
            CallTotals.NONE,
            List.of(new InstanceId(about))));
    scheduler.runDue();
  }

  /// Whether a question to the instance is open.
  boolean isAsked(String id) {
    var question = measures.questions.get(new InstanceId(id));
    return question != null && !question.isDone();
  }

  /// The last question put to the instance.
  CompletableFuture<Heartbeat> question(String id) {
    return Objects.requireNonNull(measures.questions.get(new InstanceId(id)));
  }

  void answer(String id) {
    question(id).complete(nextBeat(id));
    scheduler.runDue();
  }

  void leaveUnanswered(String id) {
    question(id).completeExceptionally(new IllegalStateException("no answer"));
    scheduler.runDue();
  }

  void loseFlag(String id) {
    Objects.requireNonNull(measures.flags.get(new InstanceId(id)))
        .completeExceptionally(new IllegalStateException("orchestrator away"));
    scheduler.runDue();
  }

  /// The votes of the last flag of an instance.
  List<InstanceId> votes(String id) {
    return Objects.requireNonNull(measures.flagged.get(new InstanceId(id))).votes();
  }

  void refuseFlag(String id, String reason) {
    Objects.requireNonNull(measures.flags.get(new InstanceId(id)))
        .complete(new Flag.Answer(false, reason));
    scheduler.runDue();
  }

  Health health(String id) {
    return ward.readings().stream()
        .filter(reading -> reading.id().value().equals(id))
        .findFirst()
        .map(Reading::health)
        .orElseThrow();
  }

  List<String> with(Health health) {
    var found = new ArrayList<String>();
    for (var reading : ward.readings()) {
      if (reading.health() == health) {
        found.add(reading.id().value());
      }
    }
    return found;
  }
}
