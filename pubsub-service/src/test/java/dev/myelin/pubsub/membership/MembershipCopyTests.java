package dev.myelin.pubsub.membership;

import static dev.myelin.membership.Members.instance;
import static dev.myelin.membership.Members.serving;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.myelin.pubsub.membership.LogEntry.Held;
import dev.myelin.wire.Announcement;
import dev.myelin.wire.InstanceId;
import dev.myelin.wire.InstanceState;
import dev.myelin.wire.Member;
import dev.myelin.wire.MembershipHash;
import dev.myelin.wire.MembershipSubscription;
import dev.myelin.wire.MembershipSubscription.Position;
import dev.myelin.wire.MembershipUpdate;
import dev.myelin.wire.MembershipUpdate.Change;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class MembershipCopyTests {

  private static final MembershipSubscription ALL =
      new MembershipSubscription(new InstanceId("follower"), Set.of("*"), null);
  private static final Member A = serving("a-1", "a");

  private final MembershipLog log =
      new MembershipLog("g.1", new InMemoryMemberStore(), 64, () -> 0);
  private final MembershipHistory history = new MembershipHistory(64);
  private final MembershipCopy copy = new MembershipCopy(history);

  private MembershipUpdate.Snapshot snapshot() {
    var contents = log.history().contents();
    return new MembershipUpdate.Snapshot(
        contents.generation(),
        contents.version(),
        contents.members().stream().map(Held::member).toList());
  }

  /// Everything since a version as one delta, as a subscriber gets it that asks rarely.
  private MembershipUpdate.Delta since(long version) {
    var entries = log.history().since(new Position("g.1", version)).orElseThrow();
    List<Change> changes = entries.stream().flatMap(entry -> entry.seenBy(ALL).stream()).toList();
    return new MembershipUpdate.Delta(
        log.history().version(), changes, MembershipHash.of(snapshot().members()));
  }

  @Test
  void knowsNothingBeforeTheFirstSnapshot() {
    assertThat(history.version()).isZero();
    assertThat(history.generation()).isEmpty();
    assertThat(history.contents().members()).isEmpty();
  }

  @Test
  void updateOfManyChangesIsTakenApart() {
    copy.apply(snapshot());
    log.register(A.instance());
    log.register(instance("b-1", "b"));
    log.name(A.instance().id(), "a", 1);
    log.announce(new Announcement(A.instance().id(), Announcement.Change.DRAIN, "test", 1));
    log.deregister(new InstanceId("b-1"), "left");

    copy.apply(since(1));

    assertThat(history.generation()).isEqualTo("g.1");
    assertThat(history.retained()).isEqualTo(log.history().retained());
    assertThat(history.contents().members()).isEqualTo(log.history().contents().members());
    assertThat(history.since(new Position("g.1", 3)))
        .hasValueSatisfying(changes -> assertThat(changes).hasSize(3));
  }

  @Test
  void updateThatIsKnownChangesNothing() {
    copy.apply(snapshot());
    log.register(A.instance());
    var delta = since(1);
    copy.apply(delta);
    var before = history.contents();

    copy.apply(delta);
    copy.apply(snapshot());

    assertThat(history.contents()).isSameAs(before);
    assertThat(history.retained().changes()).hasSize(1);
  }

  @Test
  void gapIsNotAccepted() {
    copy.apply(snapshot());

    assertThatIllegalStateException()
        .isThrownBy(
            () -> copy.apply(new MembershipUpdate.Delta(4, List.of(new Change.Joined(A)), 0)))
        .withMessage("1 changes came for versions 2 to 4");
    assertThatIllegalStateException()
        .isThrownBy(() ->
            copy.apply(
                new MembershipUpdate.Delta(
                    2,
                    List.of(new Change.StateChanged(A.instance().id(), InstanceState.DRAINING)),
                    0)))
        .withMessageContaining("'a-1' changed before it joined");
    assertThat(history.version()).isEqualTo(1);
  }

  @Test
  void subscriberThatHasSeenMoreWaitsForTheCopyButNotForTheLog() {
    copy.apply(snapshot());

    assertThat(history.behind(new Position("g.1", 5))).isTrue();
    assertThat(history.behind(new Position("g.2", 5))).isTrue();
    assertThat(history.behind(new Position("g.1", 1))).isFalse();
    assertThat(history.behind(new Position("other.1", 5))).isFalse();
    assertThat(log.history().behind(new Position("g.1", 5))).isFalse();
  }
}
