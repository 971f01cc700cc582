package dev.myelin.orchestrator.reconcile;

import dev.myelin.CallException;
import dev.myelin.CallMode;
import dev.myelin.Execution;
import dev.myelin.Kind;
import dev.myelin.Status;
import dev.myelin.membership.ClusterFolder;
import dev.myelin.orchestrator.deploy.InMemoryDeployer;
import dev.myelin.orchestrator.deploy.ProcessKey;
import dev.myelin.orchestrator.deploy.SpawnOrder;
import dev.myelin.orchestrator.observe.CallLedger;
import dev.myelin.orchestrator.observe.MembershipWatch;
import dev.myelin.orchestrator.observe.ReadingsWatch;
import dev.myelin.orchestrator.reconcile.ReconcileSettings.Counts;
import dev.myelin.orchestrator.reconcile.ReconcileSettings.Pace;
import dev.myelin.orchestrator.reconcile.ReconcileSettings.Retirement;
import dev.myelin.orchestrator.rollout.ApplicationVersion;
import dev.myelin.orchestrator.rollout.RolloutDesk;
import dev.myelin.orchestrator.rollout.RolloutStore;
import dev.myelin.orchestrator.scale.DecisionLog;
import dev.myelin.orchestrator.scale.ScalingWindows;
import dev.myelin.orchestrator.state.SpawnRecord;
import dev.myelin.orchestrator.state.SpawnRecords;
import dev.myelin.orchestrator.time.ManualTime;
import dev.myelin.wire.ApplicationDescription;
import dev.myelin.wire.ApplicationDescription.Attributes;
import dev.myelin.wire.ApplicationDescription.Placement;
import dev.myelin.wire.ApplicationDescription.Scaling;
import dev.myelin.wire.ApplicationView.RolloutView;
import dev.myelin.wire.CallTotals;
import dev.myelin.wire.Endpoint;
import dev.myelin.wire.Heartbeat;
import dev.myelin.wire.Instance;
import dev.myelin.wire.Instance.ProcessIdentity;
import dev.myelin.wire.InstanceControl;
import dev.myelin.wire.InstanceId;
import dev.myelin.wire.Role;
import dev.myelin.wire.RolloutAnswer;
import dev.myelin.wire.ServiceNames;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.Set;

/// A cluster in one thread, on virtual time: processes that boot, register, drain and end as told.
final class World {

  static final Duration TICK = Duration.ofMillis(250);
  static final Duration BOOT = Duration.ofSeconds(4);
  static final InstanceId SELF = new InstanceId("core-self");
  static final String PRICES = "price-list";
  static final String TAX = "tax";
  private static final int CONCURRENCY = 10;

  final ManualTime clock = new ManualTime();
  final InMemoryDeployer deployer = new InMemoryDeployer(clock.time());
  final ScriptedPubSub pubSub = new ScriptedPubSub();
  final ScriptedStethoscope stethoscope = new ScriptedStethoscope();
  final ScriptedLease lease = new ScriptedLease();
  final DecisionLog decisions = new DecisionLog(100);
  final List<String> changes = new ArrayList<>();
  final List<InstanceId> drained = new ArrayList<>();
  final Set<InstanceId> silent = new HashSet<>();
  final Set<String> neverRegister = new HashSet<>();
  ApplicationDescription launched = application();
  final Set<String> dieInStartUp = new HashSet<>();
  final ClusterFolder folder;
  Duration drainTime = Duration.ofMillis(300);
  Roster roster = new Roster();
  boolean stopping;

  private final CallLedger ledger = new CallLedger();
  private final Queue<Runnable> tasks = new ArrayDeque<>();
  private final Map<InstanceId, Duration> endings = new HashMap<>();
  private final Map<InstanceId, Duration> spawnedAt = new HashMap<>();
  private final Wakeup wakeup = new Wakeup();
  ReconcileSettings settings;
  private Cycle cycle;

  World(Path root) {
    this(root, 0);
  }

  /// A cluster whose orchestrator keeps other core processes alive.
  World(Path root, int cores) {
    this(root, settings(cores));
  }

  World(Path root, ReconcileSettings settings) {
    this.settings = settings;
    folder = new ClusterFolder(root);
    lease.hold(1);
    cycle = newCycle();
  }

  static ReconcileSettings settings() {
    return settings(0);
  }

  static ReconcileSettings settings(int cores) {
    return settings(cores, 12);
  }

  static ReconcileSettings settings(int cores, int most) {
    return new ReconcileSettings(
        Duration.ofSeconds(90),
        new Retirement(
            Duration.ofSeconds(2),
            Duration.ofSeconds(30),
            Duration.ofSeconds(5),
            Duration.ofSeconds(20)),
        new Counts(1, most, 2, cores),
        new Pace(TICK, Duration.ofSeconds(1), Duration.ofSeconds(30), Duration.ofSeconds(10)));
  }

  static ApplicationDescription application() {
    return new ApplicationDescription(
        "shop", "b1", List.of(service(PRICES, 1, 6), service(TAX, 2, 2)));
  }

  static ApplicationDescription.Service service(String name, int least, int most) {
    return new ApplicationDescription.Service(
        name,
        "shop." + name,
        new Attributes(
            false,
            false,
            CallMode.SYNC,
            new Scaling(least, most, 0.8, 0.3, CONCURRENCY),
            new Placement(false, 1, List.of(), Kind.DEPLOYMENT, List.of())),
        List.of());
  }

  /// Asks for another version.
  RolloutAnswer rollOut(ApplicationDescription description) {
    try {
      var jar = Files.writeString(folder.root().resolve("next.jar"), "a jar");
      return desk(description).rollOut("shop", jar);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  RolloutDesk desk(ApplicationDescription description) {
    return new RolloutDesk(new RolloutStore(folder), _ -> description, clock.time(), wakeup::wake);
  }

  /// What the folder says of the rollout.
  RolloutView rollout() {
    return Objects.requireNonNull(desk(application()).view(_ -> List.of()).orElseThrow().rollout());
  }

  /// Versions of the running instances of a service.
  List<String> versions(String service) {
    return deployer.orders().stream()
        .filter(order -> deployer.running().contains(order.id()))
        .filter(order -> serviceOf(order).equals(service))
        .map(order -> order.version().name())
        .toList();
  }

  private Cycle newCycle() {
    var membership = new MembershipWatch(pubSub, wakeup::wake);
    membership.watch(Set.of(ServiceNames.FRONT, PRICES, TAX, ServiceNames.ORCHESTRATOR));
    var readings = new ReadingsWatch(stethoscope, tasks::add, clock.time(), ledger);
    return new ReconcilerAssembly(
            new Ground(SELF, lease, deployer, folder, tasks::add, clock.time()),
            new Peers(pubSub, this::control, membership, readings, ledger),
            new ReconcilerAssembly.Sharing(roster, wakeup, decisions, List.of(this::changed)),
            settings,
            new ScalingWindows(
                Duration.ofSeconds(2),
                Duration.ofSeconds(10),
                Duration.ofSeconds(2),
                Duration.ofSeconds(3),
                Duration.ZERO,
                Duration.ofMinutes(5)))
        .cycle(new ApplicationVersion("v1", "shop-1.jar", Instant.EPOCH, launched));
  }

  /// Another orchestrator takes over: nothing of the first one's memory is left.
  void restart(long epoch) {
    tasks.clear();
    roster = new Roster();
    lease.hold(epoch);
    cycle = newCycle();
  }

  private void changed(InstanceChange change) {
    changes.add(change.id() + " " + change.state());
  }

  void run(Duration time) {
    var end = clock.elapsed().plus(time);
    while (clock.elapsed().compareTo(end) < 0) {
      clock.advance(TICK);
      live();
      round();
    }
  }

  /// One look of the loop, and those that it wakes itself for.
  boolean round() {
    boolean empty = false;
    for (int i = 0; i < 10; i++) {
      empty = cycle.run(stopping) != Cycle.Round.ACTING;
      while (!tasks.isEmpty()) {
        tasks.remove().run();
      }
      if (!woken()) {
        break;
      }
    }
    return empty;
  }

  private boolean woken() {
    try {
      return wakeup.sleep(Duration.ZERO);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private void live() {
    for (var order : deployer.orders()) {
      if (deployer.running().contains(order.id())) {
        var since = spawnedAt.computeIfAbsent(order.id(), _ -> clock.elapsed());
        boolean booted = clock.elapsed().minus(since).compareTo(BOOT) >= 0;
        if (booted && pubSub.member(order.id()).isEmpty() && !endings.containsKey(order.id())) {
          boot(order);
        }
      }
    }
    endings.forEach((id, at) -> {
      if (clock.elapsed().compareTo(at) >= 0) {
        deployer.end(id, 0);
      }
    });
  }

  private void boot(SpawnOrder order) {
    var service = serviceOf(order);
    if (dieInStartUp.contains(service) || dieInStartUp.contains(order.version().name())) {
      deployer.end(order.id(), 1);
    } else if (!neverRegister.contains(service)) {
      register(order.id(), order.role(), service, process(order.id()));
    }
  }

  static String serviceOf(SpawnOrder order) {
    if (order.role() == Role.CORE) {
      return ServiceNames.CORE;
    }
    return order.services().isEmpty() ? ServiceNames.FRONT : order.services().getFirst();
  }

  ProcessKey process(InstanceId id) {
    return deployer.processOf(id).orElseThrow();
  }

  void register(InstanceId id, Role role, String service, ProcessKey process) {
    pubSub.register(
        new Instance(
            id,
            List.of(role == Role.CORE ? ServiceNames.ORCHESTRATOR : service),
            new Endpoint(id.value(), 4_000),
            null,
            new ProcessIdentity(role, process.pid(), "b", process.startedAt())));
  }

  private InstanceControl control(Endpoint endpoint) {
    return new ScriptedControl(new InstanceId(endpoint.host()));
  }

  private final class ScriptedControl implements InstanceControl {

    private final InstanceId id;

    ScriptedControl(InstanceId id) {
      this.id = id;
    }

    private void answer() {
      if (silent.contains(id) || !deployer.running().contains(id)) {
        throw new CallException(Status.DEADLINE_EXCEEDED, Execution.MAY_HAVE_RUN, "no answer");
      }
    }

    @Override
    public Heartbeat check() {
      answer();
      return new Heartbeat(id, 1, List.of(), CallTotals.NONE);
    }

    @Override
    public void drain(Duration limit) {
      answer();
      drained.add(id);
      endings.put(id, clock.elapsed().plus(drainTime));
    }

    @Override
    public ApplicationDescription describe() {
      return application();
    }
  }

  /// Ids of the running instances of a service.
  List<InstanceId> running(String service) {
    return deployer.running().stream().filter(id -> id.value().startsWith(service + "-")).toList();
  }

  InstanceId only(String service) {
    var running = running(service);
    if (running.size() != 1) {
      throw new AssertionError(service + " has " + running);
    }
    return running.getFirst();
  }

  /// How many processes of a service were ever ordered.
  long ordered(String service) {
    return deployer.orders().stream().filter(o -> serviceOf(o).equals(service)).count();
  }

  /// Lets the instances of a service say how many calls they have.
  void load(String service, int inFlightInAll) {
    var running = running(service);
    for (var id : running) {
      stethoscope.load(id, service, inFlightInAll / running.size(), CONCURRENCY);
    }
  }

  /// Runs until everything that is desired serves.
  void start() {
    run(Duration.ofSeconds(20));
    if (deployer.running().size() != 4 + settings.counts().cores()) {
      throw new AssertionError("running: " + deployer.running());
    }
  }

  /// Runs while the instances of a service say that they have so many calls.
  void keepLoad(String service, int inFlightInAll, Duration time) {
    var end = clock.elapsed().plus(time);
    while (clock.elapsed().compareTo(end) < 0) {
      load(service, inFlightInAll);
      run(TICK);
    }
  }

  /// Starts, scales a service up to three, and runs until one of these is announced to leave.
  InstanceId retireOne() {
    start();
    keepLoad(PRICES, 16, Duration.ofSeconds(25));
    if (running(PRICES).size() != 3) {
      throw new AssertionError("running: " + running(PRICES));
    }
    while (pubSub.announcements().isEmpty()) {
      keepLoad(PRICES, 3, TICK);
    }
    return pubSub.announcements().getFirst().id();
  }

  /// Instances of which there is a record.
  List<InstanceId> stored() {
    return new SpawnRecords(folder).load().stream().map(SpawnRecord::id).toList();
  }
}
