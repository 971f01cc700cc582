package dev.myelin.stethoscope.measures;

import static org.assertj.core.api.Assertions.assertThat;

import dev.myelin.membership.Members;
import dev.myelin.membership.VirtualScheduler;
import dev.myelin.wire.Announcement;
import dev.myelin.wire.Announcement.Change;
import dev.myelin.wire.ApplicationDescription;
import dev.myelin.wire.CallTotals;
import dev.myelin.wire.ClusterView;
import dev.myelin.wire.Flag;
import dev.myelin.wire.Heartbeat;
import dev.myelin.wire.Instance;
import dev.myelin.wire.InstanceControl;
import dev.myelin.wire.Opinion;
import dev.myelin.wire.Orchestrator;
import dev.myelin.wire.Reading;
import dev.myelin.wire.Stethoscope;
import dev.myelin.wire.UnaskedOrchestrator;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class CalledMeasuresTests {

  private static final Instance INSTANCE = Members.instance("a-1", "a");
  private static final Heartbeat HEARTBEAT =
      new Heartbeat(INSTANCE.id(), 7, List.of(), CallTotals.NONE);
  private static final Instance OTHER = Members.instance("core-2", "s");
  private static final Flag FLAG =
      new Flag(INSTANCE.id(), "silent", List.of(OTHER.id()), new Flag.Census(9, 1));
  private final VirtualScheduler scheduler = new VirtualScheduler();
  private final AnnouncedPubSub pubsub = new AnnouncedPubSub();
  private final FlaggedOrchestrator orchestrator = new FlaggedOrchestrator();
  private final FlaggedOrchestrator standby = new FlaggedOrchestrator();
  private final OneInstance control = new OneInstance();
  private final OtherStethoscope other = new OtherStethoscope();
  private final List<Orchestrator> orchestrators = new ArrayList<>(List.of(standby, orchestrator));
  private final CalledMeasures measures =
      new CalledMeasures(
          new CalledMeasures.Peers(
              instance -> {
                assertThat(instance).isEqualTo(INSTANCE);
                return control;
              },
              process -> {
                assertThat(process).isEqualTo(OTHER);
                return other;
              },
              () -> orchestrators,
              pubsub),
          scheduler,
          Runnable::run);

  private static final class FlaggedOrchestrator extends UnaskedOrchestrator {

    final List<Flag> flags = new ArrayList<>();
    boolean acts;
    @Nullable RuntimeException failure;

    @Override
    public ClusterView cluster() {
      throw new UnsupportedOperationException();
    }

    @Override
    public Flag.Answer flag(Flag flag) {
      if (failure != null) {
        throw failure;
      }
      flags.add(flag);
      return new Flag.Answer(acts, acts ? "silent" : "does not hold the lease");
    }
  }

  private static final class OneInstance implements InstanceControl {

    @Nullable RuntimeException failure;

    @Override
    public Heartbeat check() {
      if (failure != null) {
        throw failure;
      }
      return HEARTBEAT;
    }

    @Override
    public void drain(Duration limit) {
      throw new UnsupportedOperationException();
    }

    @Override
    public ApplicationDescription describe() {
      throw new UnsupportedOperationException();
    }
  }

  private static final class OtherStethoscope implements Stethoscope {

    @Override
    public void beat(Heartbeat heartbeat) {
      throw new UnsupportedOperationException();
    }

    @Override
    public List<Reading> readings() {
      throw new UnsupportedOperationException();
    }

    @Override
    public Opinion opinion(Instance instance) {
      assertThat(instance).isEqualTo(INSTANCE);
      return Opinion.answers(HEARTBEAT);
    }

    @Override
    public boolean listening() {
      return true;
    }
  }

  @Test
  void askingCallsTheInstanceAtItsEndpoint() {
    assertThat(measures.ask(INSTANCE)).isCompletedWithValue(HEARTBEAT);
  }

  @Test
  void askingThatFailsFailsTheAnswer() {
    control.failure = new IllegalStateException("no answer");

    assertThat(measures.ask(INSTANCE)).isCompletedExceptionally();
  }

  @Test
  void quarantineAndReleaseAreAnnounced() {
    measures.quarantine(INSTANCE.id(), "silent");
    scheduler.runDue();
    measures.release(INSTANCE.id(), "heard");
    scheduler.runDue();

    assertThat(pubsub.announced)
        .containsExactly(
            new Announcement(INSTANCE.id(), Change.QUARANTINE, "silent", 0),
            new Announcement(INSTANCE.id(), Change.RELEASE, "heard", 0));
  }

  @Test
  void forgottenInstanceIsNotAnnouncedAgain() {
    pubsub.away = true;
    measures.quarantine(INSTANCE.id(), "silent");
    scheduler.runDue();

    measures.forget(INSTANCE.id());
    pubsub.away = false;
    scheduler.advance(Duration.ofSeconds(5));

    assertThat(pubsub.announced).isEmpty();
  }

  @Test
  void otherStethoscopeIsCalledInItsProcess() {
    assertThat(measures.consult(OTHER, INSTANCE)).isCompletedWithValue(Opinion.answers(HEARTBEAT));
    assertThat(measures.probe(OTHER)).isCompletedWithValue(true);
  }

  @Test
  void flagGoesToEveryOrchestratorUntilOneTakesIt() {
    orchestrator.acts = true;

    assertThat(measures.flag(FLAG)).isCompletedWithValueMatching(Flag.Answer::taken);

    assertThat(standby.flags).containsExactly(FLAG);
    assertThat(orchestrator.flags).containsExactly(FLAG);
  }

  @Test
  void orchestratorThatDoesNotAnswerHidesNoOther() {
    standby.failure = new IllegalStateException("away");
    orchestrator.acts = true;

    assertThat(measures.flag(FLAG)).isCompletedWithValueMatching(Flag.Answer::taken);
  }

  @Test
  void flagThatNobodyTakesIsRefusedWithAReason() {
    assertThat(measures.flag(FLAG))
        .isCompletedWithValue(new Flag.Answer(false, "does not hold the lease"));

    standby.failure = new IllegalStateException("away");
    orchestrator.failure = standby.failure;
    assertThat(measures.flag(FLAG).join().reason()).contains("no answer").contains("away");

    orchestrators.clear();
    assertThat(measures.flag(FLAG).join().reason()).isEqualTo("there is no orchestrator");
  }
}
