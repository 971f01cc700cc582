package dev.myelin.autoconfigure;

import dev.myelin.Hosting;
import dev.myelin.contract.ServiceContract;
import dev.myelin.membership.InstanceAgent;
import dev.myelin.wire.ApplicationDescription;
import dev.myelin.wire.DrainReport;
import dev.myelin.wire.Endpoint;
import dev.myelin.wire.Heartbeat;
import dev.myelin.wire.Instance;
import dev.myelin.wire.Role;
import dev.myelin.wire.ServiceNames;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.context.event.ApplicationStartedEvent;
import org.springframework.context.ApplicationListener;
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

  private final ProcessParts parts;
  private final AtomicBoolean ending = new AtomicBoolean();
  private final CountDownLatch drained = new CountDownLatch(1);
  private volatile boolean stopping;
  private volatile boolean running;
  private volatile @Nullable Endpoint endpoint;
  private volatile @Nullable InstanceAgent agent;

  ClusterProcess(ProcessParts parts) {
    this.parts = parts;
  }

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
    started.forget(
        membership.presence().enter(self, reason -> end(reason, parts.limits().drainTimeout())));
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

  private Instance self() {
    var environment = parts.context().getEnvironment();
    return new Instance(
        parts.identity().id(),
        services(role(), environment),
        advertised(Objects.requireNonNull(endpoint, "it listens before the application started")),
        http(environment),
        new Instance.ProcessIdentity(
            role(),
            ProcessHandle.current().pid(),
            parts.identity().description().build(),
            ProcessHandle.current().info().startInstant().orElse(Instant.EPOCH)));
  }

  private Role role() {
    return ProcessRole.of(Hosting.of(parts.context().getEnvironment())).orElseThrow();
  }

  private Endpoint advertised(Endpoint listening) {
    var host = parts.path().advertisedHost();
    return host == null ? listening : new Endpoint(host, listening.port());
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
        : advertised(
            new Endpoint(
                environment.getProperty("server.address", parts.path().properties().bindAddress()),
                port));
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
      if (role() != Role.CORE && agent != null) {
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
    } finally {
      drained.countDown();
    }
  }

  // A signal may come while it is told to end: the context must not close under calls in flight
  private void awaitDrained() {
    try {
      drained.await();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  /// Tells callers that it leaves, waits until they know, and finishes what is in flight: the
  /// beginning of an orderly end that nobody has prepared. Where it is ending already it waits
  /// until that is as far. Without effect on core processes, whose callers find another one by
  /// themselves.
  void retire() {
    if (agent == null || role() == Role.CORE) {
      return;
    }
    if (!ending.compareAndSet(false, true)) {
      awaitDrained();
      return;
    }
    LOG.info("instance={} state=leaving reason=told to end", parts.identity().id());
    try {
      boolean known = parts.membership().notice().say(parts.limits().leaveTimeout());
      LOG.info("instance={} state=draining acknowledged={}", parts.identity().id(), known);
    } catch (InterruptedException e) {
      LOG.warn("instance={} was interrupted while it said so", parts.identity().id(), e);
      Thread.currentThread().interrupt();
    }
    drain(parts.limits().drainTimeout());
  }

  /// Whether others may rely on it: pubsub knows it, and it does not end.
  boolean ready() {
    var registered = agent;
    return registered != null && registered.registered() && !ending.get() && !stopping;
  }

  @Override
  public void stop() {
    running = false;
    stopping = true;
    parts.membership().presence().stopping();
    var leaving = agent;
    if (leaving != null) {
      leaving.leave(LEAVE_LIMIT);
    }
    if (ending.compareAndSet(false, true)) {
      drain(parts.limits().drainTimeout());
    } else {
      awaitDrained();
    }
    parts.membership().presence().leave();
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
