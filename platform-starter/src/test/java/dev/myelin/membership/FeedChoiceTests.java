package dev.myelin.membership;

import static dev.myelin.membership.Members.serving;
import static org.assertj.core.api.Assertions.assertThat;

import dev.myelin.wire.InstanceId;
import dev.myelin.wire.Member;
import dev.myelin.wire.MembershipSubscription.Position;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// A feed that has several pubsubs to choose from.
final class FeedChoiceTests {

  private static final Member A1 = serving("a1", "a");

  private final VirtualScheduler scheduler = new VirtualScheduler();
  // In the order of this process's rank
  private final Map<String, ScriptedPubSub> pubsubs = new LinkedHashMap<>();
  private final List<String> listed = new ArrayList<>(List.of("one", "two"));
  private final MembershipFeed feed =
      new MembershipFeed(
          new InstanceId("me"), this::ranked, _ -> List.of(), scheduler, scheduler, new Random(1));

  private List<PubSubs.Place> ranked() {
    return listed.stream()
        .map(name -> new PubSubs.Place(new InstanceId(name), () -> pubsub(name)))
        .toList();
  }

  private ScriptedPubSub pubsub(String name) {
    return pubsubs.computeIfAbsent(name, _ -> new ScriptedPubSub());
  }

  private void start() {
    feed.snapshot("a");
    feed.start();
    scheduler.runDue();
  }

  private void snapshot(String name, long version) {
    pubsub(name).stream().snapshot("g.1", version, A1);
    scheduler.runDue();
  }

  @Test
  void subscribesAtItsOwnChoice() {
    start();
    snapshot("one", 5);

    assertThat(pubsub("two").streams).isEmpty();
    assertThat(feed.snapshot("a").members()).containsExactly(A1);
    assertThat(pubsub("one").acknowledged).containsExactly(5L);
  }

  @Test
  void resumesAtTheNextOneWhereItsChoiceFails() {
    start();
    snapshot("one", 5);

    pubsub("one").stream().subscriber.onError(new IllegalStateException("connection reset"));
    scheduler.advance(Duration.ofMillis(500));

    assertThat(pubsub("two").stream().request.resumeFrom()).isEqualTo(new Position("g.1", 5));
    pubsub("two").stream().delta(5, List.of(A1));
    scheduler.runDue();
    assertThat(pubsub("two").acknowledged).containsExactly(5L);
    assertThat(feed.snapshot("a").members()).containsExactly(A1);
  }

  @Test
  void staysAwayForAWhileFromOneThatFailed() {
    start();
    snapshot("one", 5);
    pubsub("one").stream().subscriber.onComplete();
    scheduler.advance(Duration.ofMillis(500));
    snapshot("two", 5);

    scheduler.advance(Duration.ofSeconds(25));
    assertThat(pubsub("one").streams).hasSize(1);

    scheduler.advance(Duration.ofSeconds(15));
    assertThat(pubsub("one").streams).hasSizeGreaterThan(1);
    assertThat(pubsub("two").streams.getFirst().cancelled).isTrue();
  }

  @Test
  void deadPubsubThatIsStillListedCostsNoConnection() {
    start();
    snapshot("one", 5);
    pubsub("one").stream().subscriber.onComplete();
    scheduler.advance(Duration.ofMillis(500));
    snapshot("two", 5);
    pubsub("one").failure = new IllegalStateException("connection refused");

    for (long version = 6; version < 100; version++) {
      scheduler.advance(Duration.ofSeconds(1));
      pubsub("two").stream().delta(version, List.of(A1));
      scheduler.runDue();
      assertThat(pubsub("two").acknowledged).last().isEqualTo(version);
    }

    assertThat(pubsub("two").streams).hasSize(1);
    assertThat(pubsub("two").stream().cancelled).isFalse();

    pubsub("one").failure = null;
    scheduler.advance(Duration.ofSeconds(40));
    assertThat(pubsub("one").streams).hasSizeGreaterThan(1);
  }

  @Test
  void movesToABetterOneThatComesAfterAWhile() {
    listed.remove("one");
    start();
    snapshot("two", 5);

    listed.addFirst("one");
    scheduler.advance(Duration.ofMillis(900));
    assertThat(pubsub("one").streams).isEmpty();
    scheduler.advance(Duration.ofSeconds(7));

    assertThat(pubsub("one").stream().request.resumeFrom()).isEqualTo(new Position("g.1", 5));
    assertThat(pubsub("two").streams.getFirst().cancelled).isTrue();
    assertThat(feed.snapshot("a").members()).containsExactly(A1);
  }

  @Test
  void keepsWhatItKnowsWhileAllAreAway() {
    start();
    snapshot("one", 5);
    listed.clear();
    pubsub("one").stream().subscriber.onComplete();

    scheduler.advance(Duration.ofMinutes(10));
    assertThat(feed.snapshot("a").members()).containsExactly(A1);

    listed.add("three");
    scheduler.advance(Duration.ofSeconds(3));
    assertThat(pubsub("three").stream().request.resumeFrom()).isEqualTo(new Position("g.1", 5));
  }

  @Test
  void anotherLogOnTheSameConnectionIsAConnectionToIt() {
    var connections = new ArrayList<String>();
    feed.onConnected(() -> connections.add("connected"));
    start();
    snapshot("one", 5);

    pubsub("one").stream().snapshot("g.2", 4_294_967_297L, A1);
    scheduler.runDue();

    assertThat(connections).hasSize(2);
  }
}
