package dev.myelin.orchestrator.view;

import static org.assertj.core.api.Assertions.assertThat;

import dev.myelin.membership.ClusterFolder;
import dev.myelin.orchestrator.deploy.InMemoryDeployer;
import dev.myelin.orchestrator.deploy.ProcessKey;
import dev.myelin.orchestrator.deploy.SpawnOrder;
import dev.myelin.orchestrator.observe.CallLedger;
import dev.myelin.orchestrator.observe.MembershipWatch;
import dev.myelin.orchestrator.observe.ReadingsWatch;
import dev.myelin.orchestrator.reconcile.Roster;
import dev.myelin.orchestrator.reconcile.ScriptedPubSub;
import dev.myelin.orchestrator.reconcile.ScriptedStethoscope;
import dev.myelin.orchestrator.time.ManualTime;
import dev.myelin.wire.CallTotals;
import dev.myelin.wire.ClusterView.InstanceView;
import dev.myelin.wire.Endpoint;
import dev.myelin.wire.Instance;
import dev.myelin.wire.InstanceId;
import dev.myelin.wire.InstanceState;
import dev.myelin.wire.Role;
import dev.myelin.wire.ServiceNames;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What an orchestrator shows that does not act; what one shows that acts is in the simulation.
final class ClusterViewsTests {

  private final ManualTime clock = new ManualTime();
  private final InMemoryDeployer deployer = new InMemoryDeployer(clock.time());
  private final ScriptedPubSub pubSub = new ScriptedPubSub();
  private final ScriptedStethoscope stethoscope = new ScriptedStethoscope();
  private final CallLedger ledger = new CallLedger();
  private final MembershipWatch membership = new MembershipWatch(pubSub, () -> {});
  private final ReadingsWatch readings =
      new ReadingsWatch(stethoscope, Runnable::run, clock.time(), ledger);

  @TempDir
  @SuppressWarnings("NullAway.Init") // JUnit sets it
  private Path root;

  @SuppressWarnings("NullAway.Init") // set up before each test
  private ClusterFolder folder;

  @SuppressWarnings("NullAway.Init")
  private ClusterViews views;

  @BeforeEach
  void createViews() {
    folder = new ClusterFolder(root);
    membership.watch(Set.of("price-list", ServiceNames.FRONT, ServiceNames.GATEWAY));
    var sources = new ClusterViews.Sources(membership, readings, ledger);
    views = new ClusterViews(new Roster(), sources, folder, deployer);
  }

  private Instance instance(String id, Role role, ProcessKey process, String... services) {
    return new Instance(
        new InstanceId(id),
        List.of(services),
        new Endpoint("127.0.0.1", 4_000),
        null,
        new Instance.ProcessIdentity(role, process.pid(), "b1", process.startedAt()));
  }

  private List<InstanceView> view(String service) {
    return views.view(List.of("price-list")).services().getOrDefault(service, List.of());
  }

  @Test
  void emptyClusterNamesItsServices() {
    assertThat(views.view(List.of("price-list", "tax")).services())
        .containsOnlyKeys(
            "front",
            "price-list",
            "tax",
            "myelin-gateway",
            "myelin-orchestrator",
            "myelin-pubsub",
            "myelin-stethoscope",
            "myelin-topics")
        .allSatisfy((_, instances) -> assertThat(instances).isEmpty());
    assertThat(views.view(List.of()).calls()).isEqualTo(CallTotals.NONE);
  }

  @Test
  void membersAreShownWithTheirCalls() {
    var process = new ProcessKey(42, Instant.parse("2026-03-01T10:00:00Z"));
    pubSub.register(instance("price-list-b", Role.INSTANCE, process, "price-list"));
    pubSub.register(instance("price-list-a", Role.INSTANCE, process, "price-list"));
    pubSub.register(instance("front-1", Role.FRONT, process, ServiceNames.FRONT));
    pubSub.setState(new InstanceId("price-list-b"), InstanceState.QUARANTINED);
    stethoscope.load(new InstanceId("price-list-a"), "price-list", 7, 10);
    readings.refresh();

    assertThat(view("price-list"))
        .containsExactly(
            new InstanceView(
                new InstanceId("price-list-a"),
                42,
                "127.0.0.1:4000",
                InstanceState.SERVING,
                7,
                process.startedAt()),
            new InstanceView(
                new InstanceId("price-list-b"),
                42,
                "127.0.0.1:4000",
                InstanceState.QUARANTINED,
                0,
                process.startedAt()));
    assertThat(view("front")).hasSize(1);
    assertThat(views.view(List.of()).calls()).isEqualTo(new CallTotals(10, 1, 0));
  }

  @Test
  void coreProcessesAreShownUnderEachOfTheirServicesWhileTheyLive() {
    var living = deployer.spawn(new SpawnOrder(new InstanceId("core-1"), Role.CORE, List.of(), 0));
    var core =
        instance(
            "core-1",
            Role.CORE,
            living.process(),
            ServiceNames.PUBSUB,
            ServiceNames.ORCHESTRATOR,
            ServiceNames.INSTANCE);
    folder.write(folder.core().resolve("core-1.json"), core);
    var dead = instance("core-0", Role.CORE, new ProcessKey(1, Instant.EPOCH), ServiceNames.PUBSUB);
    folder.write(folder.core().resolve("core-0.json"), dead);

    assertThat(view(ServiceNames.PUBSUB))
        .extracting(InstanceView::id)
        .containsExactly(new InstanceId("core-1"));
    assertThat(view(ServiceNames.ORCHESTRATOR)).hasSize(1);
    assertThat(view(ServiceNames.INSTANCE)).isEmpty();
  }

  @Test
  void coreProcessThatIsAlsoAMemberIsShownOnce() {
    var living =
        deployer.spawn(new SpawnOrder(new InstanceId("gateway-1"), Role.CORE, List.of(), 0));
    var gateway = instance("gateway-1", Role.CORE, living.process(), ServiceNames.GATEWAY);
    folder.write(folder.core().resolve("gateway-1.json"), gateway);
    pubSub.register(gateway);
    pubSub.setState(gateway.id(), InstanceState.DRAINING);

    assertThat(view(ServiceNames.GATEWAY))
        .singleElement()
        .extracting(InstanceView::state)
        .isEqualTo(InstanceState.DRAINING);
  }

  @Test
  void damagedFileOfACoreProcessHidesNoMembers() throws Exception {
    Files.createDirectories(folder.core());
    Files.writeString(folder.core().resolve("core-1.json"), "{");
    pubSub.register(
        instance("price-list-a", Role.INSTANCE, new ProcessKey(42, Instant.EPOCH), "price-list"));

    assertThat(view("price-list")).hasSize(1);
  }
}
