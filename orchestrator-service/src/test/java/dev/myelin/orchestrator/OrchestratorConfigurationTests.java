package dev.myelin.orchestrator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.myelin.CallMode;
import dev.myelin.Kind;
import dev.myelin.client.ServiceClients;
import dev.myelin.contract.ServiceContract;
import dev.myelin.membership.ClusterFolder;
import dev.myelin.orchestrator.deploy.Deployer;
import dev.myelin.orchestrator.docker.DockerDeployer;
import dev.myelin.orchestrator.lease.FileLeaderLease;
import dev.myelin.orchestrator.output.LineSink;
import dev.myelin.orchestrator.reconcile.InstanceChange;
import dev.myelin.orchestrator.reconcile.InstanceChange.State;
import dev.myelin.orchestrator.reconcile.InstanceListener;
import dev.myelin.orchestrator.reconcile.ScriptedPubSub;
import dev.myelin.orchestrator.reconcile.ScriptedStethoscope;
import dev.myelin.orchestrator.state.SmallJar;
import dev.myelin.orchestrator.state.SpawnRecords;
import dev.myelin.orchestrator.state.UnusableApplicationException;
import dev.myelin.orchestrator.time.Time;
import dev.myelin.server.HostedServices;
import dev.myelin.wire.ApplicationDescription;
import dev.myelin.wire.ApplicationDescription.Attributes;
import dev.myelin.wire.ApplicationDescription.Placement;
import dev.myelin.wire.ApplicationDescription.Scaling;
import dev.myelin.wire.CallTotals;
import dev.myelin.wire.Endpoint;
import dev.myelin.wire.Flag;
import dev.myelin.wire.Heartbeat;
import dev.myelin.wire.Instance;
import dev.myelin.wire.InstanceControl;
import dev.myelin.wire.InstanceId;
import dev.myelin.wire.Orchestrator;
import dev.myelin.wire.Role;
import dev.myelin.wire.ServiceNames;
import dev.myelin.wire.Stethoscope;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

/// The beans as Spring puts them together, with real processes of a small jar.
@Timeout(120)
final class OrchestratorConfigurationTests {

  private final ScriptedPubSub pubSub = new ScriptedPubSub();
  private final BlockingQueue<InstanceChange> changes = new LinkedBlockingQueue<>();
  private final Queue<String> lines = new ConcurrentLinkedQueue<>();
  private final Queue<InstanceId> drained = new ConcurrentLinkedQueue<>();

  @TempDir
  @SuppressWarnings("NullAway.Init") // JUnit sets it
  private Path root;

  @SuppressWarnings("NullAway.Init") // set up before each test
  private ClusterFolder folder;

  @SuppressWarnings("NullAway.Init")
  private ApplicationContextRunner runner;

  @BeforeEach
  void createRunner() throws Exception {
    var jar =
        SmallJar.of(root.resolve("shop.jar"), SleepingMain.class, "dev/myelin/Microservice.class");
    folder = new ClusterFolder(root.resolve("cluster"));
    runner =
        new ApplicationContextRunner()
            .withUserConfiguration(OrchestratorConfiguration.class)
            .withBean(ClusterFolder.class, () -> folder)
            .withBean(InstanceId.class, () -> new InstanceId("core-1"))
            .withBean(ScriptedPubSub.class, () -> pubSub)
            .withBean(Stethoscope.class, ScriptedStethoscope::new)
            .withBean(ServiceClients.class, LocalClients::new)
            .withBean(HostedServices.class, OrchestratorConfigurationTests::hosted)
            .withBean("registration", InstanceListener.class, () -> this::changed)
            .withBean(LineSink.class, () -> (id, line) -> lines.add(id + " | " + line))
            .withPropertyValues(
                "myelin.app=" + jar,
                "myelin.core.jvm-options=-Xmx64m,-XX:+UseSerialGC",
                "myelin.core.arguments=--greeting=hello",
                "myelin.core.loop.standby=false",
                "myelin.orphan-timeout=9s");
  }

  /// What a process would do by itself: register once it has started.
  private void changed(InstanceChange change) {
    if (change.state() == State.STARTING) {
      boolean front = change.service().equals(ServiceNames.FRONT);
      pubSub.register(
          new Instance(
              change.id(),
              List.of(change.service()),
              new Endpoint(change.id().value(), 4_000),
              null,
              new Instance.ProcessIdentity(
                  front ? Role.FRONT : Role.INSTANCE, change.pid(), "b1", Instant.now())));
    }
    changes.add(change);
  }

  private static Flag flag(InstanceId id, int suspect) {
    return new Flag(
        id, "does not answer", List.of(new InstanceId("core-1")), new Flag.Census(10, suspect));
  }

  private static HostedServices hosted() {
    var attributes =
        new Attributes(
            false,
            false,
            CallMode.SYNC,
            new Scaling(1, 1, 0.8, 0.3, 16),
            new Placement(false, 1, List.of(), Kind.DEPLOYMENT, List.of()));
    var contract =
        new ServiceContract(ServiceNames.INSTANCE, InstanceControl.class, attributes, List.of());
    return new HostedServices(
        List.of(new HostedServices.Hosted(contract, () -> "never asked for")));
  }

  private final class LocalClients implements ServiceClients {

    @Override
    public Object standIn(ServiceContract contract) {
      throw new UnsupportedOperationException("instances are spoken to one by one");
    }

    @Override
    public Object standIn(ServiceContract contract, Endpoint endpoint) {
      assertThat(contract.name()).isEqualTo(ServiceNames.INSTANCE);
      return new LocalControl(new InstanceId(endpoint.host()));
    }
  }

  private final class LocalControl implements InstanceControl {

    private final InstanceId id;

    LocalControl(InstanceId id) {
      this.id = id;
    }

    @Override
    public Heartbeat check() {
      return new Heartbeat(id, 1, List.of(), CallTotals.NONE);
    }

    @Override
    public void drain(Duration limit) {
      drained.add(id);
      pubSub
          .member(id)
          .flatMap(member -> ProcessHandle.of(member.instance().process().pid()))
          .ifPresent(ProcessHandle::destroy);
    }

    @Override
    public ApplicationDescription describe() {
      throw new UnsupportedOperationException("the jar is asked");
    }
  }

  private InstanceChange next(State state) throws InterruptedException {
    while (true) {
      var change = changes.poll(30, TimeUnit.SECONDS);
      assertThat(change).as("a change to %s", state).isNotNull();
      if (change.state() == state) {
        return change;
      }
    }
  }

  private static void await(BooleanSupplier condition) throws InterruptedException {
    for (int i = 0; i < 3_000 && !condition.getAsBoolean(); i++) {
      TimeUnit.MILLISECONDS.sleep(20);
    }
    assertThat(condition.getAsBoolean()).isTrue();
  }

  @Test
  void clusterComesUpIsRepairedAndGoesDown() {
    runner.run(context -> {
      assertThat(context).hasNotFailed();
      var first = next(State.SERVING);
      var second = next(State.SERVING);
      assertThat(List.of(first.service(), second.service()))
          .containsExactlyInAnyOrder(ServiceNames.FRONT, "price-list");
      await(() -> lines.stream().anyMatch(line -> line.contains("--myelin.hosts=price-list")));
      assertThat(lines).allMatch(line -> line.contains(" | running with --greeting=hello"));
      assertThat(lines).allMatch(line -> line.contains("and {\"myelin.orphan-timeout\":\"9s\""));

      var orchestrator = context.getBean(Orchestrator.class);
      var prices = orchestrator.cluster().services().getOrDefault("price-list", List.of());
      assertThat(prices).hasSize(1);
      assertThat(ProcessHandle.of(prices.getFirst().pid())).isPresent();

      assertThat(orchestrator.flag(flag(prices.getFirst().id(), 9)).reason()).contains("frozen");
      assertThat(orchestrator.flag(flag(new InstanceId("gone-1"), 1)).taken()).isFalse();
      assertThat(orchestrator.flag(flag(prices.getFirst().id(), 1)).taken()).isTrue();
      assertThat(next(State.ENDED).id()).isEqualTo(prices.getFirst().id());
      assertThat(next(State.SERVING).service()).isEqualTo("price-list");
      assertThat(drained).isEmpty();
    });

    assertThat(drained).hasSize(2);
    assertThat(drained.peek()).extracting(InstanceId::value).asString().startsWith("front-");
    assertThat(new SpawnRecords(folder).load()).isEmpty();
    assertThat(pubSub.members()).isEmpty();
    assertThat(
            ProcessHandle.current()
                .children()
                .filter(child -> child.info().commandLine().orElse("").contains("shop.jar")))
        .isEmpty();
    var lease = new FileLeaderLease(folder, "next", Time.system());
    assertThat(lease.acquire()).isTrue();
    assertThat(lease.epoch()).hasValue(2);
    lease.release();
  }

  @Test
  void secondClusterOnTheFolderIsRefused() throws Exception {
    var lease = new FileLeaderLease(folder, "first", Time.system());
    assertThat(lease.acquire()).isTrue();
    try {
      runner.run(context ->
          assertThat(context)
              .getFailure()
              .rootCause()
              .isInstanceOf(ClusterTakenException.class)
              .hasMessageContaining("held by 'first'"));
    } finally {
      lease.release();
    }
    assertThat(new SpawnRecords(folder).load()).isEmpty();
    // the application that was asked all the same writes to the folder, which is about to go
    await(this::described);
  }

  private boolean described() {
    var answers = folder.root().resolve("descriptions").toFile().list();
    return answers != null && List.of(answers).stream().anyMatch(name -> !name.startsWith("asked"));
  }

  @Test
  void standbyWaitsAndTakesOver() {
    var lease = new FileLeaderLease(folder, "first", Time.system());
    assertThat(lease.acquire()).isTrue();
    try {
      runner
          .withPropertyValues("myelin.core.loop.standby=true")
          .run(context -> {
            assertThat(context).hasNotFailed();
            assertThat(changes.poll(1, TimeUnit.SECONDS)).isNull();
            lease.release();
            assertThat(next(State.SERVING)).isNotNull();
          });
    } finally {
      lease.release();
    }
    assertThat(pubSub.members()).isEmpty();
  }

  @Test
  void missingApplicationFailsTheStart() {
    runner
        .withPropertyValues("myelin.app=" + root.resolve("none.jar"))
        .run(context -> {
          assertThat(context)
              .getFailure()
              .rootCause()
              .isInstanceOf(UnusableApplicationException.class);
          assertThat(context.getStartupFailure()).isNotNull();
        });
    var lease = new FileLeaderLease(folder, "next", Time.system());
    assertThat(lease.acquire()).as("the lease of a start that failed is free").isTrue();
    lease.release();
  }

  @Test
  void applicationHasToBeGiven() {
    runner
        .withPropertyValues("myelin.app=")
        .run(context ->
            assertThat(context).getFailure().rootCause().hasMessage("No application is given."));
  }

  @Test
  void longerNameOfTheApplicationWins() {
    runner
        .withPropertyValues("myelin.core.app=" + root.resolve("other.jar"))
        .run(context ->
            assertThat(context).getFailure().rootCause().hasMessageContaining("other.jar"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"myelin.core.deployer=docker", "myelin.mode=docker"})
  void instancesAreContainersWhereThatIsAskedFor(String property) {
    runner
        .withPropertyValues(property, "myelin.core.docker.host=tcp://127.0.0.1:1")
        .run(context ->
            assertThat(context.getBean(Deployer.class)).isInstanceOf(DockerDeployer.class));
  }

  @Test
  void echoCanBeTurnedOff() {
    runner
        .withPropertyValues("myelin.core.echo=false")
        .run(context -> {
          assertThat(context).hasNotFailed().doesNotHaveBean(EchoListener.class);
          next(State.SERVING);
          next(State.SERVING);
        });
    assertThat(lines).isEmpty();
  }
}
