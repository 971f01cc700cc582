package dev.myelin.pubsub.delivery;

import static dev.myelin.membership.Members.instance;
import static org.assertj.core.api.Assertions.assertThat;

import dev.myelin.pubsub.membership.InMemoryMemberStore;
import dev.myelin.pubsub.membership.MembershipLog;
import dev.myelin.wire.InstanceId;
import dev.myelin.wire.MembershipSubscription;
import dev.myelin.wire.MembershipSubscription.Position;
import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class AcknowledgementTests {

  private static final InstanceId ME = new InstanceId("me");

  private final MembershipLog log = new MembershipLog("g", new InMemoryMemberStore(), 8, () -> 0);
  private final Deliveries deliveries =
      new Deliveries(
          log.history(), Runnable::run, 4, new Departures(Duration.ofSeconds(10), () -> 0));

  private void subscribe(long demand, @Nullable Position from, String... services) {
    deliveries
        .publisher(new MembershipSubscription(ME, Set.of(services), from))
        .subscribe(new RecordingSubscriber(demand));
  }

  private Set<InstanceId> pending(long version) {
    return deliveries.report(version).pending();
  }

  @Test
  void nobodyIsPendingWithoutSubscribers() {
    assertThat(pending(log.register(instance("a-1", "a")))).isEmpty();
  }

  @Test
  void subscriberIsPendingUntilItAcknowledges() {
    subscribe(Long.MAX_VALUE, null, "a");
    deliveries.acknowledge(ME, 1);
    long version = log.register(instance("a-1", "a"));

    assertThat(pending(version)).containsExactly(ME);
    deliveries.acknowledge(ME, version);
    assertThat(pending(version)).isEmpty();
  }

  @Test
  void laterAcknowledgementCoversEarlierVersionsAndAnOlderOneTakesNothingBack() {
    subscribe(Long.MAX_VALUE, null, "a");
    long first = log.register(instance("a-1", "a"));
    long second = log.register(instance("a-2", "a"));

    deliveries.acknowledge(ME, second);
    deliveries.acknowledge(ME, first);

    assertThat(pending(first)).isEmpty();
    assertThat(pending(second)).isEmpty();
  }

  @Test
  void changeOfAnotherServiceNeedsNoAcknowledgement() {
    subscribe(Long.MAX_VALUE, null, "a");
    deliveries.acknowledge(ME, 1);

    assertThat(pending(log.register(instance("b-1", "b")))).isEmpty();
  }

  @Test
  void subscriberThatHasAppliedNothingYetIsPending() {
    log.register(instance("a-1", "a"));
    subscribe(Long.MAX_VALUE, null, "a");

    assertThat(pending(2)).containsExactly(ME);
    deliveries.acknowledge(ME, 2);
    assertThat(pending(2)).isEmpty();
  }

  @Test
  void versionNeverSentIsNotBelieved() {
    subscribe(1, null, "a");
    log.register(instance("a-1", "a"));

    deliveries.acknowledge(ME, 99);

    assertThat(pending(1)).isEmpty();
    assertThat(pending(2)).containsExactly(ME);
  }

  @Test
  void resumedSubscriberHasAppliedWhereItResumes() {
    log.register(instance("a-1", "a"));
    log.register(instance("a-2", "a"));

    subscribe(Long.MAX_VALUE, new Position("g", 2), "a");

    assertThat(pending(2)).isEmpty();
    assertThat(pending(3)).containsExactly(ME);
  }

  @Test
  void subscriberOfAnotherLogHasAppliedNothing() {
    log.register(instance("a-1", "a"));

    subscribe(Long.MAX_VALUE, new Position("before", 99), "a");

    assertThat(pending(2)).containsExactly(ME);
  }

  @Test
  void changeThatIsNoLongerRetainedCountsAsUnacknowledged() {
    subscribe(0, null, "a");
    for (int i = 0; i < 20; i++) {
      log.register(instance("b-" + i, "b"));
    }

    assertThat(pending(3)).containsExactly(ME);
  }

  @Test
  void acknowledgementOfAStrangerIsIgnored() {
    deliveries.acknowledge(new InstanceId("stranger"), 5);

    assertThat(pending(5)).isEmpty();
  }
}
