package dev.myelin.stethoscope.measures;

import static org.assertj.core.api.Assertions.assertThat;

import dev.myelin.CallMode;
import dev.myelin.Kind;
import dev.myelin.client.ServiceClients;
import dev.myelin.contract.ServiceContract;
import dev.myelin.membership.Members;
import dev.myelin.membership.VirtualScheduler;
import dev.myelin.wire.Announcement;
import dev.myelin.wire.Announcement.Change;
import dev.myelin.wire.ApplicationDescription;
import dev.myelin.wire.ApplicationDescription.Attributes;
import dev.myelin.wire.ApplicationDescription.Placement;
import dev.myelin.wire.ApplicationDescription.Scaling;
import dev.myelin.wire.CallTotals;
import dev.myelin.wire.ClusterView;
import dev.myelin.wire.Endpoint;
import dev.myelin.wire.Heartbeat;
import dev.myelin.wire.Instance;
import dev.myelin.wire.InstanceControl;
import dev.myelin.wire.InstanceId;
import dev.myelin.wire.ServiceNames;
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
  private static final ServiceContract CONTROL =
      new ServiceContract(
          ServiceNames.INSTANCE,
          InstanceControl.class,
          new Attributes(
              false,
              false,
              CallMode.SYNC,
              new Scaling(1, 1, 0.8, 0.3, 1),
              new Placement(false, 1, List.of(), Kind.DEPLOYMENT, List.of())),
          List.of());

  private final VirtualScheduler scheduler = new VirtualScheduler();
  private final AnnouncedPubSub pubsub = new AnnouncedPubSub();
  private final FlaggedOrchestrator orchestrator = new FlaggedOrchestrator();
  private final OneInstance clients = new OneInstance();
  private final CalledMeasures measures =
      new CalledMeasures(
          clients, () -> CONTROL, pubsub, () -> orchestrator, scheduler, Runnable::run);

  private static final class FlaggedOrchestrator extends UnaskedOrchestrator {

    final List<String> flags = new ArrayList<>();
    @Nullable RuntimeException failure;

    @Override
    public ClusterView cluster() {
      throw new UnsupportedOperationException();
    }

    @Override
    public void flag(InstanceId id, String reason) {
      if (failure != null) {
        throw failure;
      }
      flags.add(id + " " + reason);
    }
  }

  private static final class OneInstance implements ServiceClients {

    @Nullable RuntimeException failure;

    @Override
    public Object standIn(ServiceContract contract) {
      throw new UnsupportedOperationException();
    }

    @Override
    public Object standIn(ServiceContract contract, Endpoint endpoint) {
      assertThat(contract).isSameAs(CONTROL);
      assertThat(endpoint).isEqualTo(INSTANCE.endpoint());
      return new InstanceControl() {
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
      };
    }
  }

  @Test
  void askingCallsTheInstanceAtItsEndpoint() {
    assertThat(measures.ask(INSTANCE)).isCompletedWithValue(HEARTBEAT);
  }

  @Test
  void askingThatFailsFailsTheAnswer() {
    clients.failure = new IllegalStateException("no answer");

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
  void flagGoesToTheOrchestrator() {
    assertThat(measures.flag(INSTANCE.id(), "silent")).isCompleted();

    assertThat(orchestrator.flags).containsExactly("a-1 silent");
  }

  @Test
  void flagThatIsNotTakenFails() {
    orchestrator.failure = new IllegalStateException("away");

    assertThat(measures.flag(INSTANCE.id(), "silent")).isCompletedExceptionally();
  }
}
