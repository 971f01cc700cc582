package dev.myelin.pubsub.membership;

import static dev.myelin.membership.Members.instance;
import static dev.myelin.membership.Members.serving;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.myelin.pubsub.membership.LogEntry.Held;
import dev.myelin.wire.Announcement;
import dev.myelin.wire.Announcement.Change;
import dev.myelin.wire.Endpoint;
import dev.myelin.wire.Instance;
import dev.myelin.wire.InstanceId;
import dev.myelin.wire.InstanceState;
import dev.myelin.wire.Member;
import dev.myelin.wire.MembershipSubscription.Position;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

@ExtendWith(OutputCaptureExtension.class)
final class MembershipLogTests {

  private static final Instance A = instance("a-1", "a");
  private static final InstanceId ID = A.id();

  private final MemberStore store = new InMemoryMemberStore();
  private final AtomicLong leaseEpoch = new AtomicLong();
  private final MembershipLog log = new MembershipLog("g", store, 8, leaseEpoch::get);

  private static Announcement announcement(Change change, long epoch) {
    return new Announcement(ID, change, "test", epoch);
  }

  private List<Member> members() {
    return log.history().contents().members().stream().map(Held::member).toList();
  }

  private Optional<List<LogEntry>> since(long version) {
    return log.history().since(new Position("g", version));
  }

  @Test
  void beginsAtVersionOneWithWhatIsStored() {
    store.save(serving("b-1", "b").withState(InstanceState.DRAINING));

    var opened = new MembershipLog("h", store, 8, leaseEpoch::get);

    assertThat(opened.history().generation()).isEqualTo("h");
    assertThat(opened.history().contents().version()).isEqualTo(1);
    assertThat(opened.history().contents().members())
        .containsExactly(Held.of(serving("b-1", "b").withState(InstanceState.DRAINING)));
    assertThat(opened.history().retained().changes()).isEmpty();
  }

  @Test
  void registrationAddsServingMemberAndStoresIt() {
    assertThat(log.register(A)).isEqualTo(2);

    assertThat(members()).containsExactly(new Member(A, InstanceState.SERVING));
    assertThat(store.load()).isEqualTo(members());
  }

  @Test
  void repeatedRegistrationChangesNothing() {
    log.register(A);
    var changes = new ArrayList<String>();
    log.history().onChange(() -> changes.add("change"));

    assertThat(log.register(A)).isEqualTo(2);

    assertThat(changes).isEmpty();
  }

  @Test
  void registrationWithOtherPropertiesKeepsTheState() {
    log.register(A);
    log.announce(announcement(Change.QUARANTINE, 0));

    var moved = new Instance(ID, A.services(), new Endpoint("::1", 1), null, A.process());
    log.register(moved);

    assertThat(members()).containsExactly(new Member(moved, InstanceState.QUARANTINED));
  }

  @ParameterizedTest
  @CsvSource({
    "SERVING,DRAIN,DRAINING",
    "SERVING,QUARANTINE,QUARANTINED",
    "SERVING,RELEASE,SERVING",
    "QUARANTINED,DRAIN,DRAINING",
    "QUARANTINED,QUARANTINE,QUARANTINED",
    "QUARANTINED,RELEASE,SERVING",
    "SERVING,LEAVE,DRAINING",
    "QUARANTINED,LEAVE,DRAINING",
    "DRAINING,LEAVE,DRAINING",
    "DRAINING,DRAIN,DRAINING",
    "DRAINING,QUARANTINE,DRAINING",
    "DRAINING,RELEASE,DRAINING"
  })
  void announcementChangesTheState(InstanceState from, Change change, InstanceState to) {
    store.save(new Member(A, from));
    var opened = new MembershipLog("h", store, 8, leaseEpoch::get);

    long version = opened.announce(announcement(change, 1));

    assertThat(version).isEqualTo(from == to ? 1 : 2);
    assertThat(opened.history().contents().members()).containsExactly(Held.of(new Member(A, to)));
    assertThat(store.load()).containsExactly(new Member(A, to));
  }

  @Test
  void announcementOfAnUnknownInstanceIsIgnored() {
    assertThat(log.announce(announcement(Change.DRAIN, 1))).isEqualTo(1);
    assertThat(members()).isEmpty();
  }

  @Test
  void ownWordToLeaveNeedsNoEpoch() {
    leaseEpoch.set(7);
    log.register(A);

    assertThat(log.announce(announcement(Change.LEAVE, 0))).isEqualTo(3);

    assertThat(members()).containsExactly(new Member(A, InstanceState.DRAINING));
    assertThat(log.announce(announcement(Change.LEAVE, 0))).isEqualTo(3);
  }

  @Test
  void registrationOfAProcessThatStartedLaterUnderTheSameIdServesAgain() {
    log.register(A);
    log.announce(announcement(Change.LEAVE, 0));

    var process = A.process();
    var again =
        new Instance(
            ID,
            A.services(),
            A.endpoint(),
            null,
            new Instance.ProcessIdentity(
                process.role(),
                process.pid(),
                process.build(),
                process.startedAt().plusSeconds(9)));
    log.register(again);
    log.register(A);

    assertThat(members()).containsExactly(new Member(A, InstanceState.SERVING));
  }

  @Test
  void drainWithAnOldEpochIsRefused() {
    log.register(A);
    log.announce(new Announcement(new InstanceId("other"), Change.DRAIN, "test", 4));

    assertThatIllegalArgumentException()
        .isThrownBy(() -> log.announce(announcement(Change.DRAIN, 3)))
        .withMessage(
            "DRAIN of instance 'a-1' is refused: its epoch 3 is older than the newest known, 4");
    assertThat(members()).containsExactly(new Member(A, InstanceState.SERVING));
  }

  @Test
  void drainWithAnEpochOlderThanTheLeaseIsRefused() {
    log.register(A);
    leaseEpoch.set(7);

    assertThatIllegalArgumentException()
        .isThrownBy(() -> log.announce(announcement(Change.DRAIN, 6)))
        .withMessageContaining("its epoch 6 is older than the newest known, 7");
    log.announce(announcement(Change.DRAIN, 7));
    assertThat(members()).containsExactly(new Member(A, InstanceState.DRAINING));
  }

  @Test
  void quarantineWithoutAnEpochIsTheStethoscopes() {
    log.register(A);
    leaseEpoch.set(7);

    log.announce(announcement(Change.QUARANTINE, 0));
    assertThat(members()).containsExactly(new Member(A, InstanceState.QUARANTINED));

    assertThatIllegalArgumentException()
        .isThrownBy(() -> log.announce(announcement(Change.RELEASE, 6)));
  }

  @Test
  void nameMovesFromOneInstanceToTheOther() {
    var b = instance("b-1", "a", "b");
    log.register(A);
    log.register(b);
    assertThat(log.name(b.id(), "a", 1)).isEqualTo(4);
    assertThat(log.name(b.id(), "b", 1)).isEqualTo(5);
    assertThat(log.name(b.id(), "b", 1)).isEqualTo(5);

    assertThat(log.name(ID, "a", 1)).isEqualTo(7);

    assertThat(members())
        .containsExactly(
            new Member(A, InstanceState.SERVING, List.of("a")),
            new Member(b, InstanceState.SERVING, List.of("b")));
    assertThat(store.load()).isEqualTo(members());
  }

  @Test
  void nameStaysWhenTheInstanceRegistersAnewOrChangesItsState() {
    log.register(A);
    log.name(ID, "a", 1);

    log.register(A);
    log.announce(announcement(Change.QUARANTINE, 0));

    assertThat(members()).containsExactly(new Member(A, InstanceState.QUARANTINED, List.of("a")));
  }

  @Test
  void nameOfWhoIsNotThereOrDoesNotHostTheServiceIsIgnored() {
    log.register(A);

    assertThat(log.name(new InstanceId("gone"), "a", 1)).isEqualTo(2);
    assertThat(log.name(ID, "another", 1)).isEqualTo(2);
    assertThat(members()).containsExactly(new Member(A, InstanceState.SERVING));
  }

  @Test
  void nameWithAnOldEpochIsRefused() {
    log.register(A);
    leaseEpoch.set(7);

    assertThatIllegalArgumentException()
        .isThrownBy(() -> log.name(ID, "a", 6))
        .withMessage(
            "Naming of instance 'a-1' is refused: its epoch 6 is older than the newest known, 7");
    assertThat(members()).containsExactly(new Member(A, InstanceState.SERVING));
  }

  @Test
  void deregistrationRemovesTheMember() {
    log.register(A);

    assertThat(log.deregister(ID, "left")).isEqualTo(3);
    assertThat(log.deregister(ID, "left")).isEqualTo(3);

    assertThat(members()).isEmpty();
    assertThat(store.load()).isEmpty();
  }

  @Test
  void historyTellsEveryChangeInOrder() {
    log.register(A);
    log.announce(announcement(Change.QUARANTINE, 0));
    log.deregister(ID, "left");

    var serving = Held.of(new Member(A, InstanceState.SERVING));
    var quarantined = Held.of(new Member(A, InstanceState.QUARANTINED));
    assertThat(log.history().retained().changes())
        .containsExactly(
            new LogEntry(2, null, serving),
            new LogEntry(3, serving, quarantined),
            new LogEntry(4, quarantined, null));
    assertThat(since(1)).contains(log.history().retained().changes());
    assertThat(since(3)).contains(List.of(new LogEntry(4, quarantined, null)));
    assertThat(since(4)).contains(List.of());
  }

  @Test
  void historyIsLimited() {
    for (int i = 0; i < 20; i++) {
      log.register(instance("a-" + i, "a"));
    }

    assertThat(log.history().retained().changes()).hasSize(8);
    assertThat(since(12)).isEmpty();
    assertThat(since(13).orElseThrow()).hasSize(8);
    assertThat(since(22)).isEmpty();
  }

  @Test
  void listenerIsCalledOutsideTheLock() throws Exception {
    var versions = new ArrayList<Long>();
    log.history()
        .onChange(() -> {
          // Another thread can read while the listener runs.
          var reading =
              Thread.ofVirtual().start(() -> versions.add(log.history().contents().version()));
          try {
            reading.join();
          } catch (InterruptedException e) {
            throw new IllegalStateException(e);
          }
        });

    log.register(A);

    assertThat(versions).containsExactly(2L);
  }

  @Test
  void storeThatFailsHoldsUpNothingAndCatchesUp(CapturedOutput output) {
    var failing = new FailingStore(store);
    var opened = new MembershipLog("h", failing, 8, leaseEpoch::get);
    failing.full = true;

    assertThat(opened.register(A)).isEqualTo(2);
    assertThat(opened.register(instance("b-1", "b"))).isEqualTo(3);
    assertThat(store.load()).isEmpty();
    assertThat(output).containsOnlyOnce("Members are not stored");

    failing.full = false;
    opened.deregister(ID, "left");
    assertThat(store.load()).containsExactly(serving("b-1", "b"));
  }

  private static final class FailingStore implements MemberStore {

    private final MemberStore store;
    boolean full;

    FailingStore(MemberStore store) {
      this.store = store;
    }

    @Override
    public List<Member> load() {
      return store.load();
    }

    @Override
    public void save(Member member) {
      failIfFull();
      store.save(member);
    }

    @Override
    public void remove(InstanceId id) {
      failIfFull();
      store.remove(id);
    }

    private void failIfFull() {
      if (full) {
        throw new UncheckedIOException(new IOException("No space left on device"));
      }
    }
  }
}
