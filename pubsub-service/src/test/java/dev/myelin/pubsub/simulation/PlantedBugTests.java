package dev.myelin.pubsub.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.myelin.pubsub.cluster.Peers.Peer;
import dev.myelin.pubsub.cluster.Writership;
import dev.myelin.pubsub.membership.Generation;
import dev.myelin.pubsub.membership.MemberStore;
import dev.myelin.wire.InstanceId;
import dev.myelin.wire.Member;
import dev.myelin.wire.MembershipSubscription;
import dev.myelin.wire.MembershipUpdate;
import dev.myelin.wire.PubSub;
import dev.myelin.wire.SubscriberReport;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Flow;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// The simulation finds defects: each of these is one that somebody might make.
final class PlantedBugTests {

  private static final long SEEDS = 40;

  static Stream<Arguments> bugs() {
    var none = Doubles.none();
    return Stream.of(
        Arguments.of("two may write at a time", none.withWritership(Shared::new)),
        Arguments.of("generation is not a new one", none.withWritership(SameTerm::new)),
        Arguments.of("removal is not stored", none.withStore(ForgottenRemoval::new)),
        Arguments.of("change is stored late", none.withStore(LateStore::new)),
        Arguments.of("lease is not read", none.withLeaseEpoch(_ -> () -> 0)),
        Arguments.of("report names nobody", none.withSeenByPeers(NobodyPending::new)),
        Arguments.of("everybody counts as connected", none.withSeenByPeers(AllConnected::new)),
        Arguments.of("other pubsubs are not asked", none.withPeers(_ -> List::of)),
        Arguments.of(
            "silent pubsub counts as ended",
            none.withPeers(peers ->
                () ->
                    peers.others().stream()
                        .map(peer -> new Peer(peer.id(), true, peer.pubsub()))
                        .toList())),
        Arguments.of("position is lost on the way", none.withSeenByClients(NoResumption::new)),
        Arguments.of("acknowledged before applied", none.withSeenByClients(EagerClient::new)));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("bugs")
  void bugIsFound(String name, Doubles doubles) {
    long seed = 1;
    while (seed <= SEEDS && new ClusterRun(seed, doubles, false).run().violations().isEmpty()) {
      seed++;
    }

    assertThat(seed).as(name).isLessThanOrEqualTo(SEEDS);
  }

  /// Takes the right from whoever has it.
  private record Shared(Writership to) implements Writership {

    @Override
    public Optional<Generation> acquire() {
      return Optional.of(new Generation("cluster", 1));
    }

    @Override
    public boolean intact() {
      return true;
    }

    @Override
    public Optional<InstanceId> holder() {
      return to.holder();
    }

    @Override
    public void release() {
      to.release();
    }
  }

  private record SameTerm(Writership to) implements Writership {

    @Override
    public Optional<Generation> acquire() {
      return to.acquire().map(_ -> new Generation("cluster", 1));
    }

    @Override
    public boolean intact() {
      return to.intact();
    }

    @Override
    public Optional<InstanceId> holder() {
      return to.holder();
    }

    @Override
    public void release() {
      to.release();
    }
  }

  private record ForgottenRemoval(MemberStore to) implements MemberStore {

    @Override
    public List<Member> load() {
      return to.load();
    }

    @Override
    public void save(Member member) {
      to.save(member);
    }

    @Override
    public void remove(InstanceId id) {}
  }

  /// Stores each change when the next one comes.
  private static final class LateStore implements MemberStore {

    private final MemberStore to;
    private final Map<InstanceId, Member> waiting = new HashMap<>();

    LateStore(MemberStore to) {
      this.to = to;
    }

    @Override
    public List<Member> load() {
      return to.load();
    }

    @Override
    public void save(Member member) {
      waiting.values().forEach(to::save);
      waiting.clear();
      waiting.put(member.instance().id(), member);
    }

    @Override
    public void remove(InstanceId id) {
      waiting.values().forEach(to::save);
      waiting.clear();
      to.remove(id);
    }
  }

  private static final class NobodyPending extends ForwardingPubSub {

    NobodyPending(PubSub to) {
      super(to);
    }

    @Override
    public SubscriberReport report(long version) {
      return new SubscriberReport(Set.of(), super.report(version).absent());
    }
  }

  private static final class AllConnected extends ForwardingPubSub {

    AllConnected(PubSub to) {
      super(to);
    }

    @Override
    public Set<InstanceId> connected(Set<InstanceId> subscribers) {
      return subscribers;
    }
  }

  private static final class NoResumption extends ForwardingPubSub {

    NoResumption(PubSub to) {
      super(to);
    }

    @Override
    public Flow.Publisher<MembershipUpdate> subscribe(MembershipSubscription wanted) {
      return super.subscribe(
          new MembershipSubscription(wanted.subscriber(), wanted.services(), null));
    }
  }

  /// Acknowledges whatever there may be.
  private static final class EagerClient extends ForwardingPubSub {

    EagerClient(PubSub to) {
      super(to);
    }

    @Override
    public void acknowledge(InstanceId subscriber, long version) {
      super.acknowledge(subscriber, Long.MAX_VALUE);
    }
  }
}
