package dev.myelin.orchestrator.reconcile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import dev.myelin.membership.ClusterFolder;
import dev.myelin.orchestrator.deploy.Deployer;
import dev.myelin.orchestrator.deploy.ProcessKey;
import dev.myelin.orchestrator.deploy.SpawnOrder;
import dev.myelin.orchestrator.deploy.Spawned;
import dev.myelin.orchestrator.observe.CallLedger;
import dev.myelin.orchestrator.observe.MembershipWatch;
import dev.myelin.orchestrator.observe.ReadingsWatch;
import dev.myelin.orchestrator.reconcile.Tracked.Identity;
import dev.myelin.orchestrator.reconcile.Tracked.Turn;
import dev.myelin.orchestrator.time.ManualTime;
import dev.myelin.orchestrator.view.ClusterViews;
import dev.myelin.wire.ClusterView.InstanceView;
import dev.myelin.wire.Endpoint;
import dev.myelin.wire.Instance;
import dev.myelin.wire.InstanceId;
import dev.myelin.wire.InstanceState;
import dev.myelin.wire.Role;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A cluster that is looked at while the loop takes instances up and buries them.
final class ShownMembersTests {

  private static final InstanceId MEMBER = new InstanceId("price-list-1");

  private final ManualTime clock = new ManualTime();
  private final ScriptedPubSub pubSub = new ScriptedPubSub();
  private final Roster roster = new Roster();
  private final MembershipWatch membership = new MembershipWatch(pubSub, () -> {});

  @TempDir
  @SuppressWarnings("NullAway.Init") // JUnit sets it
  private Path root;

  @BeforeEach
  void register() {
    membership.watch(Set.of("price-list"));
    pubSub.register(instance(MEMBER, Role.INSTANCE));
    // a look at the cluster asks whether this one lives: after the roster was read
    var folder = new ClusterFolder(root);
    var core = new InstanceId("core-1");
    folder.write(folder.core(core), instance(core, Role.CORE));
  }

  private static Instance instance(InstanceId id, Role role) {
    return new Instance(
        id,
        List.of("price-list"),
        new Endpoint("127.0.0.1", 4_000),
        null,
        new Instance.ProcessIdentity(role, 42, "b1", Instant.EPOCH));
  }

  private List<InstanceView> shown(Runnable meanwhile) {
    var ledger = new CallLedger();
    var readings =
        new ReadingsWatch(new ScriptedStethoscope(), Runnable::run, clock.time(), ledger);
    var sources = new ClusterViews.Sources(membership, readings, ledger);
    var views =
        new ClusterViews(roster, sources, new ClusterFolder(root), new Interruption(meanwhile));
    return views.view(List.of("price-list")).services().getOrDefault("price-list", List.of());
  }

  private Tracked adopted() {
    long now = clock.time().nanos();
    return new Tracked(
        new Identity(MEMBER, "price-list", Instant.EPOCH),
        null,
        new Stage.Adopting(false),
        now,
        Turn.free(now),
        null);
  }

  @Test
  void memberThatIsTakenUpMeanwhileIsShown() {
    assertThat(shown(() -> roster.add(adopted())))
        .extracting(InstanceView::id, InstanceView::state)
        .containsExactly(tuple(MEMBER, InstanceState.SERVING));
  }

  @Test
  void memberThatIsGivenUpMeanwhileIsShownOnce() {
    roster.add(adopted());

    assertThat(shown(roster::clear)).extracting(InstanceView::id).containsExactly(MEMBER);
  }

  @Test
  void memberThatIsBuriedMeanwhileIsNotShownAsAStranger() {
    roster.add(adopted().to(new Stage.Ended("exit code 0"), 0));

    assertThat(shown(() -> roster.remove(MEMBER))).isEmpty();
  }

  /// Has something done when it is asked whether a process lives, and says that it does not.
  private record Interruption(Runnable meanwhile) implements Deployer {

    @Override
    public boolean isAlive(ProcessKey process) {
      meanwhile.run();
      return false;
    }

    @Override
    public Spawned spawn(SpawnOrder order) {
      throw new UnsupportedOperationException();
    }

    @Override
    public Optional<Spawned> adopt(InstanceId id, ProcessKey process) {
      throw new UnsupportedOperationException();
    }

    @Override
    public void terminate(ProcessKey process) {
      throw new UnsupportedOperationException();
    }

    @Override
    public void kill(ProcessKey process) {
      throw new UnsupportedOperationException();
    }
  }
}
