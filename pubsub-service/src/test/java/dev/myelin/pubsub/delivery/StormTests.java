package dev.myelin.pubsub.delivery;

import static dev.myelin.membership.Members.instance;
import static org.assertj.core.api.Assertions.assertThat;

import dev.myelin.pubsub.membership.InMemoryMemberStore;
import dev.myelin.pubsub.membership.MembershipLog;
import dev.myelin.wire.InstanceId;
import dev.myelin.wire.MembershipSubscription;
import dev.myelin.wire.MembershipSubscription.Position;
import dev.myelin.wire.MembershipUpdate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Set;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// Thousands of subscribers that come back at the same moment, and one that never asks.
final class StormTests {

  private static final int CLIENTS = 9_000;

  private final MembershipLog log =
      new MembershipLog("g", new InMemoryMemberStore(), 4_096, () -> 0);
  private final ManualExecutor executor = new ManualExecutor();
  private final Deliveries deliveries =
      new Deliveries(log.history(), executor, 256, new Departures(Duration.ofSeconds(10), () -> 0));

  private RecordingSubscriber subscribe(int client, @Nullable Position from, long demand) {
    var subscriber = new RecordingSubscriber(demand);
    deliveries
        .publisher(
            new MembershipSubscription(
                new InstanceId("client-" + client), Set.of("service-" + client % 100), from))
        .subscribe(subscriber);
    return subscriber;
  }

  @Test
  void resumingSubscribersAreSentWhatConcernsThemFromOneViewOfTheMembers() {
    for (int i = 0; i < CLIENTS; i++) {
      log.register(instance("i-" + i, "service-" + i % 100));
    }
    long known = log.history().version();
    log.register(instance("late", "service-7"));
    var contents = log.history().contents();

    var subscribers = new ArrayList<RecordingSubscriber>();
    for (int i = 0; i < CLIENTS; i++) {
      subscribers.add(subscribe(i, new Position("g", known), 16));
    }
    executor.runAll();

    assertThat(log.history().contents()).isSameAs(contents);
    for (int i = 0; i < CLIENTS; i++) {
      int changes = i % 100 == 7 ? 1 : 0;
      assertThat(subscribers.get(i).updates)
          .singleElement()
          .isInstanceOfSatisfying(
              MembershipUpdate.Delta.class, delta -> assertThat(delta.changes()).hasSize(changes));
    }
  }

  @Test
  void subscriberThatNeverAsksKeepsNothingButItsPosition() {
    var silent = subscribe(1, null, 1);
    executor.runAll();
    LongStream.range(0, 5_000)
        .forEach(i -> log.register(instance("i-" + i % 50, "service-1", "v-" + i)));
    executor.runAll();

    assertThat(silent.updates).hasSize(1);
    silent.request(1);
    executor.runAll();

    assertThat(silent.last())
        .isInstanceOfSatisfying(
            MembershipUpdate.Snapshot.class, all -> assertThat(all.members()).hasSize(50));
  }

  @Test
  void subscriberOfAQuietServiceDoesNotOweWhatIsNoLongerRetained() {
    var quiet = subscribe(1, null, 16);
    executor.runAll();
    deliveries.acknowledge(new InstanceId("client-1"), 1);
    for (int i = 0; i < 5_000; i++) {
      log.register(instance("i-" + i % 50, "service-2", "v-" + i));
      executor.runAll();
    }

    assertThat(quiet.updates).hasSize(1);
    assertThat(deliveries.report(log.history().version()).pending()).isEmpty();
  }

  @Test
  void subscriberThatLostItsConnectionCountsAsAbsentUntilItIsBack() {
    var gone = subscribe(1, null, 16);
    executor.runAll();
    gone.cancel();

    assertThat(deliveries.report(1).absent()).containsExactly(new InstanceId("client-1"));

    subscribe(1, null, 16);
    assertThat(deliveries.report(1).absent()).isEmpty();
    assertThat(deliveries.connected(Set.of(new InstanceId("client-1"), new InstanceId("other"))))
        .containsExactly(new InstanceId("client-1"));
  }
}
