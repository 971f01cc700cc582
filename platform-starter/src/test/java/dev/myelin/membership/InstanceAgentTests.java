package dev.myelin.membership;

import static org.assertj.core.api.Assertions.assertThat;

import dev.myelin.wire.CallTotals;
import dev.myelin.wire.Heartbeat;
import dev.myelin.wire.Instance;
import dev.myelin.wire.InstanceId;
import dev.myelin.wire.ServiceLoad;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

@ExtendWith(OutputCaptureExtension.class)
final class InstanceAgentTests {

  private static final Instance ME = Members.instance("me", "a");
  private static final List<ServiceLoad> SERVED =
      List.of(new ServiceLoad("a", 1, 4, 10, 0, Duration.ofMillis(50)));
  private static final CallTotals MADE = new CallTotals(3, 1, 0);

  private final VirtualScheduler scheduler = new VirtualScheduler();
  private final VirtualScheduler beats = new VirtualScheduler();
  private final ScriptedPubSub pubsub = new ScriptedPubSub();
  private final RecordingStethoscope stethoscope = new RecordingStethoscope();
  private final InstanceAgent agent =
      new InstanceAgent(
          new Registration(ME, () -> pubsub, scheduler, new Random(1)),
          new Pulse(ME.id(), stethoscope, new FixedLoad(), beats));

  private static final class FixedLoad implements LoadSource {

    @Override
    public List<ServiceLoad> served() {
      return SERVED;
    }

    @Override
    public CallTotals made() {
      return MADE;
    }
  }

  private static final class RecordingStethoscope implements StethoscopeLine {

    final List<Heartbeat> heard = new ArrayList<>();
    @Nullable RuntimeException failure;

    @Override
    public List<InstanceId> ranked() {
      return List.of(new InstanceId("core-1"));
    }

    @Override
    public CompletableFuture<?> beat(InstanceId stethoscope, Heartbeat heartbeat) {
      if (failure != null) {
        return CompletableFuture.failedFuture(failure);
      }
      heard.add(heartbeat);
      return CompletableFuture.completedFuture(null);
    }
  }

  @Test
  void saysNothingBeforeTheStart() {
    agent.register();
    scheduler.advance(Duration.ofSeconds(5));
    beats.advance(Duration.ofSeconds(5));

    assertThat(pubsub.registered).isEmpty();
    assertThat(stethoscope.heard).isEmpty();
  }

  @Test
  void registersOnceAndBeatsEverySecond() {
    agent.start();
    agent.start();
    scheduler.advance(Duration.ofSeconds(3));
    beats.advance(Duration.ofSeconds(3));

    assertThat(pubsub.registered).containsExactly(ME);
    assertThat(stethoscope.heard)
        .containsExactly(
            new Heartbeat(ME.id(), 1, SERVED, MADE),
            new Heartbeat(ME.id(), 2, SERVED, MADE),
            new Heartbeat(ME.id(), 3, SERVED, MADE),
            new Heartbeat(ME.id(), 4, SERVED, MADE));
  }

  @Test
  void registrationWhenRenewedIsSaidAgainAndLoggedOnce(CapturedOutput output) {
    agent.start();
    assertThat(agent.registered()).isFalse();
    scheduler.runDue();
    assertThat(agent.registered()).isTrue();

    agent.renew(Duration.ofSeconds(5));
    scheduler.advance(Duration.ofSeconds(12));
    pubsub.failure = new IllegalStateException("away");
    scheduler.advance(Duration.ofSeconds(20));
    pubsub.failure = null;
    scheduler.advance(Duration.ofSeconds(6));
    agent.leave(Duration.ZERO);
    int before = pubsub.registered.size();
    scheduler.advance(Duration.ofSeconds(20));

    assertThat(pubsub.registered).hasSizeGreaterThanOrEqualTo(5).hasSize(before);
    assertThat(output).containsOnlyOnce("is not registered yet");
    assertThat(output).contains("Instance registered");
  }

  @Test
  void registrationIsRetriedUntilItSucceeds(CapturedOutput output) {
    pubsub.failure = new IllegalStateException("away");
    agent.start();
    scheduler.advance(Duration.ofSeconds(20));
    assertThat(output).containsOnlyOnce("is not registered yet");

    pubsub.failure = null;
    scheduler.advance(Duration.ofSeconds(2));

    assertThat(pubsub.registered).containsExactly(ME);
  }

  @Test
  void endedProcessesAreDeregisteredAfterTheRegistrationAndOnce() {
    pubsub.failure = new IllegalStateException("away");
    agent.forget(List.of(new InstanceId("one"), new InstanceId("two")));
    agent.start();
    scheduler.advance(Duration.ofSeconds(2));
    assertThat(pubsub.deregistered).isEmpty();

    pubsub.failure = null;
    scheduler.advance(Duration.ofSeconds(20));
    agent.register();
    scheduler.runDue();

    assertThat(pubsub.deregistered).containsExactly(new InstanceId("one"), new InstanceId("two"));
  }

  @Test
  void registersAgainWhenTold() {
    agent.start();
    scheduler.runDue();

    agent.register();
    scheduler.runDue();

    assertThat(pubsub.registered).containsExactly(ME, ME);
  }

  @Test
  void beatsGoOnWhileTheStethoscopeIsAway(CapturedOutput output) {
    stethoscope.failure = new IllegalStateException("away");
    agent.start();
    beats.advance(Duration.ofSeconds(4));
    assertThat(output).containsOnlyOnce("do not arrive");

    stethoscope.failure = null;
    beats.advance(Duration.ofSeconds(1));

    assertThat(stethoscope.heard).extracting(Heartbeat::sequence).containsExactly(6L);
    assertThat(output).containsOnlyOnce("Heartbeats arrive again");
  }

  @Test
  void missedBeatsAreSkippedNotMadeUpFor() {
    agent.start();
    beats.runDue();

    beats.pause(Duration.ofMillis(3500));
    assertThat(stethoscope.heard).hasSize(2);
    beats.advance(Duration.ofMillis(500));

    assertThat(stethoscope.heard).hasSize(3);
  }

  @Test
  void heartbeatIsTheLastOneTaken() {
    assertThat(agent.heartbeat().sequence()).isEqualTo(1);
    assertThat(agent.heartbeat().sequence()).isEqualTo(1);

    agent.start();
    beats.runDue();

    assertThat(agent.heartbeat()).isEqualTo(new Heartbeat(ME.id(), 2, SERVED, MADE));
    assertThat(stethoscope.heard).containsExactly(agent.heartbeat());
  }

  @Test
  void leavingDeregistersAndStopsBeating() throws Exception {
    agent.start();
    scheduler.runDue();
    beats.runDue();

    leaveWhileTimeMoves(Duration.ofSeconds(30));
    beats.advance(Duration.ofSeconds(5));

    assertThat(pubsub.deregistered).containsExactly(ME.id());
    assertThat(stethoscope.heard).hasSize(1);
    assertThat(scheduler.closed()).isTrue();
  }

  @Test
  void leavingThatFailsIsLoggedOnce(CapturedOutput output) throws Exception {
    agent.start();
    scheduler.runDue();
    pubsub.failure = new IllegalStateException("pubsub is away");

    leaveWhileTimeMoves(Duration.ofSeconds(30));
    agent.leave(Duration.ofSeconds(30));

    assertThat(output).containsOnlyOnce("is not deregistered");
    assertThat(output).contains("pubsub is away");
  }

  @Test
  void leavingWaitsNoLongerThanItsLimit(CapturedOutput output) {
    agent.start();
    scheduler.runDue();

    agent.leave(Duration.ofMillis(5));

    assertThat(output).contains("no answer within PT0.005S");
  }

  @Test
  void leavingEndsTheAttemptsToRegister() throws Exception {
    pubsub.failure = new IllegalStateException("away");
    agent.start();
    scheduler.runDue();

    leaveWhileTimeMoves(Duration.ofSeconds(30));
    pubsub.failure = null;
    agent.register();
    scheduler.advance(Duration.ofSeconds(5));

    assertThat(pubsub.registered).isEmpty();
  }

  @Test
  void processThatNeverStartedLeavesSilently() {
    agent.leave(Duration.ofSeconds(30));

    assertThat(pubsub.deregistered).isEmpty();
  }

  private void leaveWhileTimeMoves(Duration limit) throws InterruptedException {
    var done = new CountDownLatch(1);
    Thread.ofVirtual()
        .start(() -> {
          agent.leave(limit);
          done.countDown();
        });
    while (done.getCount() > 0) {
      scheduler.runDue();
      Thread.onSpinWait();
    }
  }
}
