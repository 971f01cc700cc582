package dev.myelin.membership;

import static dev.myelin.membership.Members.core;
import static dev.myelin.membership.Members.serving;
import static org.assertj.core.api.Assertions.assertThat;

import dev.myelin.wire.InstanceId;
import dev.myelin.wire.InstanceState;
import dev.myelin.wire.Member;
import dev.myelin.wire.MembershipUpdate.Change.Joined;
import dev.myelin.wire.MembershipUpdate.Change.Left;
import dev.myelin.wire.MembershipUpdate.Change.StateChanged;
import dev.myelin.wire.ServiceNames;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

final class MembershipFeedTests {

  private static final Member A1 = serving("a1", "a");
  private static final Member A2 = serving("a2", "a");
  private static final Member B1 = serving("b1", "b");

  private final ScriptedFeed given = new ScriptedFeed();

  @Test
  void nothingIsAskedBeforeTheStart() {
    given.feed.snapshot("a");
    given.scheduler.runDue();

    assertThat(given.pubsub.streams).isEmpty();
  }

  @Test
  void membersAreTakenFromElsewhereUntilPubsubHasAnswered() {
    var elsewhere = new ArrayList<>(List.of(A2.instance(), A1.instance()));
    given.feed.meanwhile(service -> service.equals("a") ? elsewhere : List.of(), given.scheduler);
    given.start("a");
    given.scheduler.advance(Duration.ofSeconds(1));
    assertThat(given.feed.snapshot("a").members()).containsExactly(A1, A2);

    // a source that fails to tell takes nothing away
    elsewhere.clear();
    given.scheduler.advance(Duration.ofSeconds(1));
    assertThat(given.feed.snapshot("a").members()).containsExactly(A1, A2);

    elsewhere.add(A1.instance());
    given.stream().snapshot("g", 5, A2);
    given.scheduler.runDue();
    assertThat(given.feed.snapshot("a").members()).containsExactly(A2);
  }

  @Test
  void servicesAskedForTogetherShareOneSubscription() {
    given.start("a", "b");

    assertThat(given.pubsub.streams).hasSize(1);
    assertThat(given.pubsub.wanted()).containsExactlyInAnyOrder("a", "b");
    assertThat(given.stream().request.subscriber()).isEqualTo(new InstanceId("me"));
    assertThat(given.stream().request.resumeFrom()).isNull();
  }

  @Test
  void subscribesWithoutAnyServiceToKnowWhetherPubsubIsThere() {
    given.start();

    assertThat(given.pubsub.wanted()).isEmpty();
  }

  @Test
  void appliesSnapshotThenDeltasInOrder() {
    given.start("a");

    given.stream().snapshot("g", 5, A2, A1);
    given.scheduler.runDue();
    assertThat(given.feed.snapshot("a").members()).containsExactly(A1, A2);

    var draining = A1.withState(InstanceState.DRAINING);
    given.stream()
        .delta(
            6, List.of(draining, A2), new StateChanged(A1.instance().id(), InstanceState.DRAINING));
    given.scheduler.runDue();
    assertThat(given.feed.snapshot("a").members()).containsExactly(draining, A2);

    given.stream().delta(7, List.of(A2), new Left(A1.instance().id()));
    given.scheduler.runDue();
    assertThat(given.feed.snapshot("a").members()).containsExactly(A2);
  }

  @Test
  void versionGrowsWithEveryChangeEvenIntoAnotherLog() {
    given.start("a");
    given.stream().snapshot("g", 500, A1);
    given.scheduler.runDue();
    var first = given.feed.snapshot("a");

    given.stream().snapshot("h", 2, A2);
    given.scheduler.runDue();

    assertThat(given.feed.snapshot("a").version()).isGreaterThan(first.version());
  }

  @Test
  void snapshotIsTheIdenticalObjectUntilItsServiceChanges() {
    given.start("a", "b");
    given.stream().snapshot("g", 5, A1);
    given.scheduler.runDue();
    var before = given.feed.snapshot("a");

    given.stream().delta(6, List.of(A1, B1), new Joined(B1));
    given.scheduler.runDue();

    assertThat(given.feed.snapshot("a")).isSameAs(before);
    assertThat(given.feed.snapshot("b").members()).containsExactly(B1);
  }

  @Test
  void serviceWithoutMembersDiffersFromOneNeverHeardOf() {
    given.start("a");

    given.stream().snapshot("g", 5);
    given.scheduler.runDue();

    assertThat(given.feed.snapshot("a").members()).isEmpty();
    assertThat(given.feed.snapshot("a").version()).isPositive();
  }

  @Test
  void starMeansEveryMember() {
    given.start("*");
    given.stream().snapshot("g", 5, A1);
    given.stream().delta(6, List.of(A1, B1), new Joined(B1));
    given.scheduler.runDue();

    assertThat(given.feed.snapshot("*").members()).containsExactly(A1, B1);
  }

  @Test
  void coreServicesComeFromTheDirectory() {
    var first = core("core-1", 1, 0, ServiceNames.PUBSUB);
    given.core.put(ServiceNames.PUBSUB, List.of(first));

    assertThat(given.feed.snapshot(ServiceNames.PUBSUB).members())
        .containsExactly(new Member(first, InstanceState.SERVING));
    assertThat(given.feed.snapshot(ServiceNames.PUBSUB))
        .isSameAs(given.feed.snapshot(ServiceNames.PUBSUB));

    var second = core("core-0", 2, 9, ServiceNames.PUBSUB);
    given.core.put(ServiceNames.PUBSUB, List.of(second, first));
    given.scheduler.advance(Duration.ofSeconds(1));

    assertThat(given.feed.snapshot(ServiceNames.PUBSUB).members())
        .extracting(Member::instance)
        .containsExactly(second, first);
  }

  @Test
  void frontsArePubsubsToTell() {
    given.start(ServiceNames.FRONT);

    assertThat(given.pubsub.wanted()).containsExactly(ServiceNames.FRONT);
  }

  @Test
  void waitingEndsWithTheChange() throws Exception {
    given.start("a");
    var known = given.feed.snapshot("a");
    var answer = new CompletableFuture<Snapshot>();
    var waiting =
        Thread.ofVirtual()
            .start(() -> {
              try {
                answer.complete(given.feed.awaitChange("a", known, Duration.ofMinutes(1)));
              } catch (InterruptedException e) {
                answer.completeExceptionally(e);
              }
            });

    given.stream().snapshot("g", 5, A1);
    given.scheduler.runDue();

    assertThat(answer.get(10, TimeUnit.SECONDS).members()).containsExactly(A1);
    waiting.join();
  }

  @Test
  void waitingEndsWithItsLimit() throws Exception {
    given.start("a");
    var known = given.feed.snapshot("a");

    assertThat(given.feed.awaitChange("a", known, Duration.ofMillis(5))).isSameAs(known);
    assertThat(given.feed.awaitChange("a", known, Duration.ZERO)).isSameAs(known);
  }

  @Test
  void waitingForWhatIsAlreadyOldReturnsAtOnce() throws Exception {
    given.start("a");
    given.stream().snapshot("g", 5, A1);
    given.scheduler.runDue();

    assertThat(given.feed.awaitChange("a", Snapshot.EMPTY, Duration.ofMinutes(1)).members())
        .containsExactly(A1);
  }

  @Test
  void listenerGetsTheCurrentAndEveryLaterSnapshotUntilItIsClosed() throws Exception {
    given.start("a");
    given.stream().snapshot("g", 5, A1);
    given.scheduler.runDue();
    var heard = new ArrayList<List<Member>>();
    given.feed.listen(
        "a",
        _ -> {
          throw new IllegalStateException("a bad listener");
        });
    var listening = given.feed.listen("a", snapshot -> heard.add(snapshot.members()));

    given.stream().delta(6, List.of(A1, A2), new Joined(A2));
    given.stream().delta(7, List.of(A2), new Left(A1.instance().id()));
    given.scheduler.runDue();
    listening.close();
    given.scheduler.runDue();
    given.stream().delta(8, List.of(), new Left(A2.instance().id()));
    given.scheduler.runDue();

    assertThat(heard).containsExactly(List.of(A1), List.of(A1, A2), List.of(A2));
  }
}
