package dev.myelin.autoconfigure;

import dev.myelin.Hosting;
import dev.myelin.contract.DeclaredServices;
import dev.myelin.contract.ServiceContract;
import dev.myelin.membership.ClusterFolder;
import dev.myelin.membership.CoreRegistration;
import dev.myelin.membership.Farewell;
import dev.myelin.membership.InstanceAgent;
import dev.myelin.membership.LoadSource;
import dev.myelin.membership.MembershipFeed;
import dev.myelin.membership.OrphanWatch;
import dev.myelin.membership.StethoscopeLine;
import dev.myelin.server.CallServer;
import dev.myelin.transport.Transport;
import dev.myelin.wire.ApplicationDescription;
import dev.myelin.wire.DrainReport;
import dev.myelin.wire.Endpoint;
import dev.myelin.wire.Heartbeat;
import dev.myelin.wire.Instance;
import dev.myelin.wire.InstanceId;
import dev.myelin.wire.PubSub;
import dev.myelin.wire.Role;
import dev.myelin.wire.ServiceNames;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.context.event.ApplicationStartedEvent;
import org.springframework.context.ApplicationListener;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.SmartLifecycle;
import org.springframework.core.env.Environment;

/// This process as a member of its cluster, from taking its first call to having finished its last.
///
/// Starts to listen with the context, and registers once the application has started. Stops by
/// deregistering first, so that callers go elsewhere, then finishing what is in flight; beans are
/// destroyed after that. Other parts of the platform stop before it by a higher phase.
final class ClusterProcess implements SmartLifecycle, ApplicationListener<ApplicationStartedEvent> {

  static final int PHASE = 0;

  private static final Logger LOG = LoggerFactory.getLogger(ClusterProcess.class);
  private static final Clock CLOCK = Clock.systemUTC();
  private static final Duration LEAVE_LIMIT = Duration.ofSeconds(2);

  private final Parts parts;
  private final AtomicBoolean ending = new AtomicBoolean();
  private volatile boolean running;
  private volatile @Nullable Endpoint endpoint;
  private volatile @Nullable InstanceAgent agent;
  private volatile @Nullable OrphanWatch orphanWatch;
  private volatile @Nullable CoreRegistration coreRegistration;

  ClusterProcess(Parts parts) {
    this.parts = parts;
  }

  /// What it works with.
  ///
  /// @param identity who it is
  /// @param context its application
  /// @param path how calls come in
  /// @param membership who else is there
  /// @param limits its timeouts
  record Parts(
      Identity identity,
      ConfigurableApplicationContext context,
      Path path,
      Membership membership,
      LifecycleProperties limits) {}

  /// Who a process is.
  ///
  /// @param id its identity
  /// @param description of the application
  /// @param declared all services of the application
  record Identity(InstanceId id, ApplicationDescription description, DeclaredServices declared) {}

  /// How calls come in.
  ///
  /// @param transport carries them
  /// @param server serves them
  /// @param greeting what is said first
  /// @param properties where to listen
  record Path(
      Transport transport,
      CallServer server,
      CallPathConfiguration.Greeting greeting,
      MyelinProperties properties) {}

  /// Who else is there.
  ///
  /// @param folder state of the cluster
  /// @param feed the membership
  /// @param load figures for heartbeats
  /// @param pubsub where to register
  /// @param stethoscopes where to beat
  /// @param farewell where to say how the drain went
  record Membership(
      ClusterFolder folder,
      MembershipFeed feed,
      LoadSource load,
      ObjectProvider<PubSub> pubsub,
      StethoscopeLine stethoscopes,
      Farewell farewell) {}

  @Override
  public void start() {
    var properties = parts.path().properties();
    try {
      endpoint =
          parts
              .path()
              .transport()
              .listen(
                  new Endpoint(properties.bindAddress(), properties.port()),
                  parts.path().greeting()::toCaller,
                  parts.path().server());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    parts.membership().feed().start();
    running = true;
  }

  @Override
  public void onApplicationEvent(ApplicationStartedEvent event) {
    if (!event.getApplicationContext().equals(parts.context()) || agent != null) {
      return;
    }
    var self = self();
    var membership = parts.membership();
    var started =
        new InstanceAgent(
            self, membership.pubsub()::getObject, membership.stethoscopes(), membership.load());
    if (self.process().role() == Role.CORE) {
      var registration = new CoreRegistration(membership.folder(), self);
      started.forget(registration.register());
      coreRegistration = registration;
    } else {
      watchLease();
    }
    membership.feed().onConnected(started::register);
    agent = started;
    started.start();
    LOG.info(
        "instance={} role={} services={} endpoint={} state=started",
        self.id(),
        self.process().role(),
        self.services(),
        self.endpoint());
  }

  private void watchLease() {
    var timeout = parts.limits().orphanTimeout();
    var watch =
        new OrphanWatch(
            parts.membership().folder(),
            timeout,
            () ->
                end(
                    "the cluster's lease was not renewed for " + timeout,
                    parts.limits().drainTimeout()));
    orphanWatch = watch;
    watch.start();
  }

  private Instance self() {
    var environment = parts.context().getEnvironment();
    var role = ProcessRole.of(Hosting.of(environment)).orElseThrow();
    return new Instance(
        parts.identity().id(),
        services(role, environment),
        Objects.requireNonNull(endpoint, "it listens before the application has started"),
        http(environment),
        new Instance.ProcessIdentity(
            role,
            ProcessHandle.current().pid(),
            parts.identity().description().build(),
            ProcessHandle.current().info().startInstant().orElse(Instant.EPOCH)));
  }

  private List<String> services(Role role, Environment environment) {
    if (role == Role.FRONT) {
      return List.of(ServiceNames.FRONT);
    }
    var hosting = Hosting.of(environment);
    if (!hosting.services().contains("*")) {
      return hosting.services().stream().sorted().toList();
    }
    return parts.identity().declared().application().stream().map(ServiceContract::name).toList();
  }

  private @Nullable Endpoint http(Environment environment) {
    var port = environment.getProperty("local.server.port", Integer.class);
    return port == null
        ? null
        : new Endpoint(
            environment.getProperty("server.address", parts.path().properties().bindAddress()),
            port);
  }

  /// The last heartbeat sent; an answer to whether the process is alive.
  Heartbeat heartbeat() {
    var beating = agent;
    return beating == null
        ? new Heartbeat(parts.identity().id(), 0, List.of(), parts.membership().load().made())
        : beating.heartbeat();
  }

  ApplicationDescription description() {
    return parts.identity().description();
  }

  /// Drains, then ends the process. Returns at once; without effect when it is ending already.
  ///
  /// @param reason why, for people
  /// @param limit calls still running after it are cancelled
  void end(String reason, Duration limit) {
    if (!ending.compareAndSet(false, true)) {
      return;
    }
    LOG.info("instance={} state=draining reason={}", parts.identity().id(), reason);
    Thread.ofPlatform()
        .name("myelin-end")
        .start(() -> {
          drain(limit);
          System.exit(SpringApplication.exit(parts.context()));
        });
  }

  private void drain(Duration limit) {
    var server = parts.path().server();
    var began = CLOCK.instant();
    long start = System.nanoTime();
    try {
      boolean clean = server.drain(limit);
      LOG.info("instance={} state=drained clean={}", parts.identity().id(), clean);
      if (coreRegistration == null && agent != null) {
        var took = Duration.ofNanos(System.nanoTime() - start);
        var drained = server.drained();
        parts
            .membership()
            .farewell()
            .say(
                new DrainReport(
                    parts.identity().id(), drained.calls(), drained.callers(), began, took));
      }
    } catch (InterruptedException e) {
      LOG.warn("instance={} was interrupted while draining", parts.identity().id(), e);
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void stop() {
    running = false;
    var watch = orphanWatch;
    if (watch != null) {
      watch.close();
    }
    var leaving = agent;
    if (leaving != null) {
      leaving.leave(LEAVE_LIMIT);
    }
    if (!ending.get()) {
      drain(parts.limits().drainTimeout());
    }
    var core = coreRegistration;
    if (core != null) {
      core.leave();
    }
  }

  @Override
  public boolean isRunning() {
    return running;
  }

  @Override
  public int getPhase() {
    return PHASE;
  }
}
