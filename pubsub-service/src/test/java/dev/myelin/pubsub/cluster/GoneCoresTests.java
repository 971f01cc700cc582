package dev.myelin.pubsub.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.myelin.membership.VirtualScheduler;
import dev.myelin.pubsub.cluster.Peers.Peer;
import dev.myelin.pubsub.membership.CopiedMemberStore;
import dev.myelin.pubsub.membership.MembershipHistory;
import dev.myelin.wire.Endpoint;
import dev.myelin.wire.Instance;
import dev.myelin.wire.InstanceId;
import dev.myelin.wire.MembershipChange;
import dev.myelin.wire.PubSub;
import dev.myelin.wire.Role;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class GoneCoresTests {

  private static final InstanceId SELF = new InstanceId("core-1");
  private static final InstanceId OTHER = new InstanceId("core-2");
  private static final InstanceId SHOP = new InstanceId("shop-1");

  private static PubSub unasked() {
    throw new IllegalStateException("nobody is asked");
  }

  private final VirtualScheduler time = new VirtualScheduler();
  private final MembershipHistory history = new MembershipHistory(16);
  private final List<Peer> found = new ArrayList<>();
  private final SharedMembership membership =
      new SharedMembership(
          history,
          new SharedMembership.Parts(
              SELF,
              new SoleWritership("only"),
              new CopiedMemberStore(history),
              () -> 0,
              () -> found,
              time,
              new Random(1)));
  private final GoneCores gone =
      new GoneCores(membership, history, SELF, () -> found, time::nanoTime);

  @BeforeEach
  void register() {
    membership.start();
    register(SELF, Role.CORE);
    register(OTHER, Role.CORE);
    register(SHOP, Role.INSTANCE);
  }

  private void register(InstanceId id, Role role) {
    membership.write(
        new MembershipChange.Register(
            new Instance(
                id,
                List.of(),
                new Endpoint("10.0.0.1", 7_070),
                null,
                new Instance.ProcessIdentity(role, 1, "b", Instant.EPOCH))));
  }

  private List<InstanceId> members() {
    return history.contents().members().stream()
        .map(held -> held.member().instance().id())
        .toList();
  }

  private void lookFor(int seconds) {
    for (int i = 0; i < seconds; i++) {
      gone.look();
      time.advance(Duration.ofSeconds(1));
    }
  }

  @Test
  void coreWhenItsAddressIsGoneForAWhileIsRemovedAndNobodyElse() {
    lookFor(15);
    assertThat(members()).containsExactly(SELF, OTHER, SHOP);

    lookFor(1);
    assertThat(members()).containsExactly(SELF, SHOP);
  }

  @Test
  void coreWhenItsAddressComesBackStays() {
    lookFor(10);
    found.add(new Peer(OTHER, false, GoneCoresTests::unasked));
    lookFor(1);
    found.clear();
    lookFor(10);

    assertThat(members()).contains(OTHER);
  }
}
