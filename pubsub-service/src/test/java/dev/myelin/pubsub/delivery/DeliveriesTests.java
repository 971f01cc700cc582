package dev.myelin.pubsub.delivery;

import static dev.myelin.membership.Members.instance;
import static dev.myelin.membership.Members.serving;
import static org.assertj.core.api.Assertions.assertThat;

import dev.myelin.pubsub.membership.InMemoryMemberStore;
import dev.myelin.pubsub.membership.MembershipLog;
import dev.myelin.wire.Announcement;
import dev.myelin.wire.InstanceId;
import dev.myelin.wire.InstanceState;
import dev.myelin.wire.Member;
import dev.myelin.wire.MembershipHash;
import dev.myelin.wire.MembershipSubscription;
import dev.myelin.wire.MembershipSubscription.Position;
import dev.myelin.wire.MembershipUpdate;
import dev.myelin.wire.MembershipUpdate.Change.Joined;
import dev.myelin.wire.MembershipUpdate.Change.Left;
import dev.myelin.wire.MembershipUpdate.Change.StateChanged;
import dev.myelin.wire.MembershipUpdate.Delta;
import dev.myelin.wire.MembershipUpdate.Snapshot;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class DeliveriesTests {

  private static final int BACKLOG = 4;
  private static final Departures DEPARTURES = new Departures(Duration.ofSeconds(10), () -> 0);
  private static final Member A1 = serving("a-1", "a");
  private static final Member A2 = serving("a-2", "a");
  private static final Member B1 = serving("b-1", "b");

  private final MembershipLog log = new MembershipLog("g", new InMemoryMemberStore(), 8, () -> 0);
  private final ManualExecutor executor = new ManualExecutor();
  private final Deliveries deliveries =
      new Deliveries(log.history(), executor, BACKLOG, DEPARTURES);

  private RecordingSubscriber subscribe(String id, @Nullable Position from, String... services) {
    return subscribe(new RecordingSubscriber(Long.MAX_VALUE), id, from, services);
  }

  private RecordingSubscriber subscribe(
      RecordingSubscriber subscriber, String id, @Nullable Position from, String... services) {
    deliveries
        .publisher(new MembershipSubscription(new InstanceId(id), Set.of(services), from))
        .subscribe(subscriber);
    executor.runAll();
    return subscriber;
  }

  private void register(Member member) {
    log.register(member.instance());
    executor.runAll();
  }

  private void leave(Member member) {
    log.deregister(member.instance().id(), "left");
    executor.runAll();
  }

  private void quarantine(Member member) {
    log.announce(
        new Announcement(member.instance().id(), Announcement.Change.QUARANTINE, "silent", 0));
    executor.runAll();
  }

  private static Delta delta(long version, List<Member> after, MembershipUpdate.Change... changes) {
    return new Delta(version, List.of(changes), MembershipHash.of(after));
  }

  @Test
  void firstComesASnapshotOfWhatIsWantedThenADeltaForEachChange() {
    register(A1);
    register(B1);

    var subscriber = subscribe("me", null, "a");
    register(A2);
    quarantine(A1);
    leave(A2);

    var quarantined = A1.withState(InstanceState.QUARANTINED);
    assertThat(subscriber.updates)
        .containsExactly(
            new Snapshot("g", 3, List.of(A1)),
            delta(4, List.of(A1, A2), new Joined(A2)),
            delta(
                5,
                List.of(quarantined, A2),
                new StateChanged(A1.instance().id(), InstanceState.QUARANTINED)),
            delta(6, List.of(quarantined), new Left(A2.instance().id())));
  }

  @Test
  void changesOfOtherServicesAreNotSent() {
    var subscriber = subscribe("me", null, "a");
    register(B1);
    register(A1);

    assertThat(subscriber.updates)
        .containsExactly(new Snapshot("g", 1, List.of()), delta(3, List.of(A1), new Joined(A1)));
  }

  @Test
  void starMeansEverything() {
    var subscriber = subscribe("me", null, "*");
    register(B1);

    assertThat(subscriber.last()).isEqualTo(delta(2, List.of(B1), new Joined(B1)));
  }

  @Test
  void nothingIsSentWithoutDemand() {
    var subscriber = subscribe(new RecordingSubscriber(0), "me", null, "a");
    register(A1);
    assertThat(subscriber.updates).isEmpty();

    subscriber.request(1);
    executor.runAll();
    assertThat(subscriber.updates).containsExactly(new Snapshot("g", 2, List.of(A1)));

    register(A2);
    assertThat(subscriber.updates).hasSize(1);
  }

  @Test
  void slowSubscriberGetsWhatItMissedAsOneDelta() {
    var subscriber = subscribe(new RecordingSubscriber(1), "me", null, "a");
    register(A1);
    register(B1);
    register(A2);

    subscriber.request(5);
    executor.runAll();

    assertThat(subscriber.updates)
        .containsExactly(
            new Snapshot("g", 1, List.of()),
            delta(4, List.of(A1, A2), new Joined(A1), new Joined(A2)));
  }

  @Test
  void subscriberTooFarBehindGetsAFreshSnapshot() {
    var subscriber = subscribe(new RecordingSubscriber(1), "me", null, "a");
    for (int i = 0; i <= BACKLOG; i++) {
      register(serving("a-" + i, "a"));
    }
    subscriber.request(5);
    executor.runAll();

    assertThat(subscriber.updates).hasSize(2);
    assertThat(((Snapshot) subscriber.last()).members()).hasSize(BACKLOG + 1);

    var all = ((Snapshot) subscriber.last()).members();
    leave(all.getFirst());
    assertThat(subscriber.last())
        .isEqualTo(delta(7, all.subList(1, all.size()), new Left(all.getFirst().instance().id())));
  }

  @Test
  void resumptionSendsOnlyWhatHappenedSince() {
    register(A1);
    register(A2);
    leave(A1);

    var subscriber = subscribe("me", new Position("g", 2), "a");

    assertThat(subscriber.updates)
        .containsExactly(delta(4, List.of(A2), new Joined(A2), new Left(A1.instance().id())));
    register(A1);
    assertThat(subscriber.last()).isEqualTo(delta(5, List.of(A1, A2), new Joined(A1)));
  }

  @Test
  void resumptionWithNothingNewIsConfirmed() {
    register(A1);

    var subscriber = subscribe("me", new Position("g", 2), "a");

    assertThat(subscriber.updates).containsExactly(delta(2, List.of(A1)));
  }

  @Test
  void resumptionInAnotherLogGetsASnapshot() {
    register(A1);

    var subscriber = subscribe("me", new Position("before", 2), "a");

    assertThat(subscriber.updates).containsExactly(new Snapshot("g", 2, List.of(A1)));
  }

  @ParameterizedTest
  @ValueSource(longs = {2, 8, 99})
  void resumptionFromAPlaceNoLongerOrNeverRetainedGetsASnapshot(long version) {
    for (int i = 0; i < 12; i++) {
      register(serving("a-" + i, "a"));
    }

    var subscriber = subscribe("me", new Position("g", version), "a");

    assertThat(subscriber.updates).hasSize(1);
    assertThat(((Snapshot) subscriber.last()).version()).isEqualTo(13);
  }

  @Test
  void secondSubscriptionOfASubscriberEndsItsFirst() {
    var first = subscribe("me", null, "a");
    var second = subscribe("me", null, "a", "b");
    register(A1);

    assertThat(first.completed).isTrue();
    assertThat(first.updates).hasSize(1);
    assertThat(second.updates).hasSize(2);
  }

  @Test
  void lateCancellationOfTheFirstLeavesTheSecondAlone() {
    var first = subscribe("me", null, "a");
    var second = subscribe("me", null, "a");

    first.cancel();
    register(A1);

    assertThat(second.updates).hasSize(2);
    assertThat(deliveries.report(2).pending()).containsExactly(new InstanceId("me"));
  }

  @Test
  void cancelledSubscriberIsForgotten() {
    var subscriber = subscribe("me", null, "a");
    subscriber.cancel();
    register(A1);

    assertThat(subscriber.updates).hasSize(1);
    assertThat(subscriber.completed).isFalse();
    assertThat(deliveries.report(2).pending()).isEmpty();
  }

  @Test
  void subscriberThatThrowsIsDroppedAlone() {
    var failing =
        subscribe(
            new RecordingSubscriber(Long.MAX_VALUE) {
              @Override
              public void onNext(MembershipUpdate update) {
                super.onNext(update);
                throw new IllegalStateException("expected by the test");
              }
            },
            "failing",
            null,
            "a");
    var healthy = subscribe("healthy", null, "a");
    register(A1);

    assertThat(failing.updates).hasSize(1);
    assertThat(healthy.updates).hasSize(2);
    assertThat(deliveries.report(2).pending()).containsExactly(new InstanceId("healthy"));
  }

  @ParameterizedTest
  @ValueSource(longs = {0, -1})
  void demandOfLessThanOneIsAnError(long demand) {
    var subscriber = subscribe("me", null, "a");

    subscriber.request(demand);
    executor.runAll();

    assertThat(subscriber.error).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void closingCompletesEverySubscription() {
    var subscriber = subscribe("me", null, "a");

    deliveries.close();
    executor.runAll();

    assertThat(subscriber.completed).isTrue();
  }

  @Test
  void pauseOfOneSubscriberHoldsUpNeitherTheLogNorAnother() throws Exception {
    Executor threads = Thread::startVirtualThread;
    try (var parallel = new Deliveries(log.history(), threads, BACKLOG, DEPARTURES)) {
      var entered = new CountDownLatch(1);
      var resume = new CountDownLatch(1);
      var reached = new CountDownLatch(3);
      var paused =
          new RecordingSubscriber(Long.MAX_VALUE) {
            @Override
            public void onNext(MembershipUpdate update) {
              entered.countDown();
              try {
                resume.await();
              } catch (InterruptedException e) {
                throw new IllegalStateException(e);
              }
              super.onNext(update);
            }
          };
      var other =
          new RecordingSubscriber(Long.MAX_VALUE) {
            @Override
            public void onNext(MembershipUpdate update) {
              super.onNext(update);
              reached.countDown();
            }
          };
      parallel.publisher(wanted("paused")).subscribe(paused);
      assertThat(entered.await(30, TimeUnit.SECONDS)).isTrue();
      parallel.publisher(wanted("other")).subscribe(other);

      for (int i = 0; reached.getCount() > 0 && i < 10_000; i++) {
        log.register(instance("a-" + i, "a"));
        reached.await(5, TimeUnit.MILLISECONDS);
      }

      assertThat(reached.getCount()).isZero();
      assertThat(paused.updates).isEmpty();
      resume.countDown();
    }
  }

  private static MembershipSubscription wanted(String id) {
    return new MembershipSubscription(new InstanceId(id), Set.of("a"), null);
  }
}
