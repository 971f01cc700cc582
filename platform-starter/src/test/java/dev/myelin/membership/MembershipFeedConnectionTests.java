package dev.myelin.membership;

import static dev.myelin.membership.Members.serving;
import static org.assertj.core.api.Assertions.assertThat;

import dev.myelin.wire.Member;
import dev.myelin.wire.MembershipSubscription.Position;
import dev.myelin.wire.MembershipUpdate.Change.Joined;
import dev.myelin.wire.MembershipUpdate.Change.Left;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class MembershipFeedConnectionTests {

  private static final Member A1 = serving("a1", "a");
  private static final Member A2 = serving("a2", "a");
  private static final Member B1 = serving("b1", "b");

  private final ScriptedFeed given = new ScriptedFeed();

  @Test
  void newServiceSubscribesAnewAndKeepsWhatIsKnown() {
    given.start("a");
    given.stream().snapshot("g", 5, A1);
    given.scheduler.runDue();
    var first = given.stream();
    var before = given.feed.snapshot("a");

    given.feed.snapshot("b");
    given.scheduler.runDue();

    assertThat(first.cancelled).isTrue();
    assertThat(given.pubsub.wanted()).containsExactlyInAnyOrder("a", "b");
    assertThat(given.stream().request.resumeFrom()).isNull();
    assertThat(given.feed.snapshot("a")).isSameAs(before);

    given.stream().snapshot("g", 5, A1, B1);
    given.scheduler.runDue();
    assertThat(given.feed.snapshot("a")).isSameAs(before);
    assertThat(given.feed.snapshot("b").members()).containsExactly(B1);
  }

  @Test
  void enlargedSubscriptionThatFailsIsNotResumedFromTheSmallerOne() {
    given.start("a");
    given.stream().snapshot("g", 5, A1);
    given.scheduler.runDue();
    given.feed.snapshot("b");
    given.scheduler.runDue();

    given.stream().subscriber.onError(new IllegalStateException("connection reset"));
    given.scheduler.advance(Duration.ofMillis(200));

    assertThat(given.pubsub.streams).hasSize(3);
    assertThat(given.pubsub.wanted()).containsExactlyInAnyOrder("a", "b");
    assertThat(given.stream().request.resumeFrom()).isNull();
  }

  @Test
  void memberOfAServiceNotYetSubscribedIsNotTakenForAllOfIt() {
    given.start("a");
    given.stream().snapshot("g", 5);
    given.scheduler.runDue();
    var both = serving("ab", "a", "b");
    var before = given.stream();

    before.delta(6, List.of(both), new Joined(both));
    given.feed.snapshot("b");
    given.scheduler.runDue();

    assertThat(given.feed.snapshot("a").members()).containsExactly(both);
    assertThat(given.feed.snapshot("b")).isSameAs(Snapshot.EMPTY);
  }

  @Test
  void wrongHashKeepsTheOldViewAndAsksForEverythingAgain() {
    given.start("a");
    given.stream().snapshot("g", 5, A1);
    given.scheduler.runDue();
    var before = given.feed.snapshot("a");

    given.stream().delta(7, List.of(A1, A2, B1), new Joined(A2));
    given.scheduler.advance(Duration.ofMillis(200));

    assertThat(given.feed.snapshot("a")).isSameAs(before);
    assertThat(given.pubsub.streams).hasSize(2);
    assertThat(given.pubsub.streams.getFirst().cancelled).isTrue();
    assertThat(given.stream().request.resumeFrom()).isNull();
  }

  @Test
  void repeatedDeltaIsNotAppliedTwice() {
    given.start("a");
    given.stream().snapshot("g", 5, A1);
    given.stream().delta(6, List.of(A1, A2), new Joined(A2));
    given.stream().delta(5, List.of(), new Left(A1.instance().id()));
    given.stream().delta(6, List.of(A1, A2), new Joined(A2));
    given.scheduler.runDue();

    assertThat(given.feed.snapshot("a").members()).containsExactly(A1, A2);
    assertThat(given.pubsub.streams).hasSize(1);
  }

  @Test
  void acknowledgesOnlyWhatReadersSee() {
    given.start("a");
    var seen = new ArrayList<List<Member>>();
    given.pubsub.onAcknowledge = _ -> seen.add(given.feed.snapshot("a").members());

    given.stream().snapshot("g", 5, A1);
    given.scheduler.runDue();
    given.stream().delta(6, List.of(A1, A2), new Joined(A2));
    given.scheduler.runDue();

    assertThat(given.pubsub.acknowledged).containsExactly(5L, 6L);
    assertThat(seen).containsExactly(List.of(A1), List.of(A1, A2));
  }

  @Test
  void failedAcknowledgementIsRepeatedWithTheNewestVersion() {
    given.start("a");
    given.pubsub.failure = new IllegalStateException("away");
    given.stream().snapshot("g", 5, A1);
    given.scheduler.runDue();
    given.stream().delta(6, List.of(A1, A2), new Joined(A2));
    given.scheduler.runDue();
    assertThat(given.pubsub.acknowledged).isEmpty();

    given.pubsub.failure = null;
    given.scheduler.advance(Duration.ofSeconds(2));

    assertThat(given.pubsub.acknowledged).containsExactly(6L);
  }

  @Test
  void lostConnectionKeepsMembersAndResumesFromItsPosition() {
    given.start("a");
    given.stream().snapshot("g", 5, A1);
    given.stream().delta(6, List.of(A1, A2), new Joined(A2));
    given.scheduler.runDue();
    var before = given.feed.snapshot("a");

    given.stream().subscriber.onError(new IllegalStateException("connection reset"));
    given.scheduler.runDue();
    assertThat(given.feed.snapshot("a")).isSameAs(before);
    assertThat(given.pubsub.streams).hasSize(1);

    given.scheduler.advance(Duration.ofMillis(100));
    assertThat(given.stream().request.resumeFrom()).isEqualTo(new Position("g", 6));
    given.stream().delta(8, List.of(A2), new Left(A1.instance().id()));
    given.scheduler.runDue();
    assertThat(given.feed.snapshot("a").members()).containsExactly(A2);
  }

  @Test
  void pubsubAwayIsTriedAgainWithGrowingPauses() {
    given.pubsub.failure = new IllegalStateException("away");
    given.start("a");
    given.scheduler.advance(Duration.ofSeconds(1));
    int inTheFirstSecond = given.pubsub.attempts;
    given.scheduler.advance(Duration.ofSeconds(30));

    assertThat(inTheFirstSecond).isBetween(4, 8);
    assertThat(given.pubsub.attempts - inTheFirstSecond).isBetween(15, 32);

    given.pubsub.failure = null;
    given.scheduler.advance(Duration.ofSeconds(2));

    assertThat(given.pubsub.streams).hasSize(1);
  }

  @Test
  void subscriptionWithoutAnyUpdateIsGivenUp() {
    given.start("a");

    given.scheduler.advance(Duration.ofSeconds(10).plusMillis(100));

    assertThat(given.pubsub.streams).hasSize(2);
    assertThat(given.pubsub.streams.getFirst().cancelled).isTrue();
  }

  @Test
  void signalsOfAReplacedSubscriptionAreDropped() {
    given.start("a");
    given.stream().snapshot("g", 5, A1);
    given.scheduler.runDue();
    var replaced = given.stream();
    given.feed.snapshot("b");
    given.scheduler.runDue();

    replaced.snapshot("g", 6, A2);
    replaced.subscriber.onComplete();
    given.scheduler.advance(Duration.ofSeconds(1));

    assertThat(given.feed.snapshot("a").members()).containsExactly(A1);
    assertThat(given.pubsub.streams).hasSize(2);
  }

  @Test
  void demandIsRenewedForEveryUpdate() {
    given.start("a");
    for (int version = 1; version <= 100; version++) {
      given.stream().snapshot("g", version, A1);
      given.scheduler.runDue();
    }

    assertThat(given.feed.snapshot("a").members()).containsExactly(A1);
  }

  @Test
  void connectionListenerHearsOfNewConnectionsButNotOfLargerSubscriptions() {
    var connections = new ArrayList<String>();
    given.feed.onConnected(() -> {
      throw new IllegalStateException("a bad listener");
    });
    given.feed.onConnected(() -> connections.add("connected"));
    given.start("a");
    given.stream().snapshot("g", 5, A1);
    given.scheduler.runDue();
    assertThat(connections).hasSize(1);

    given.feed.snapshot("b");
    given.scheduler.runDue();
    given.stream().snapshot("g", 5, A1);
    given.scheduler.runDue();
    assertThat(connections).hasSize(1);

    given.stream().subscriber.onComplete();
    given.scheduler.advance(Duration.ofMillis(200));
    given.stream().delta(5, List.of(A1));
    given.scheduler.runDue();
    assertThat(connections).hasSize(2);

    given.feed.snapshot("c");
    given.scheduler.runDue();
    given.stream().snapshot("another", 1, A1);
    given.scheduler.runDue();
    assertThat(connections).hasSize(3);
  }

  @Test
  void closedFeedCancelsAndStaysReadable() {
    given.start("a");
    given.stream().snapshot("g", 5, A1);
    given.scheduler.runDue();

    given.feed.close();
    given.scheduler.runDue();

    assertThat(given.stream().cancelled).isTrue();
    assertThat(given.scheduler.closed()).isTrue();
    assertThat(given.feed.snapshot("a").members()).containsExactly(A1);
  }
}
