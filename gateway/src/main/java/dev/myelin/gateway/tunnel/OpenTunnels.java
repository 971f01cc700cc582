package dev.myelin.gateway.tunnel;

import dev.myelin.gateway.problem.ProblemType;
import dev.myelin.membership.SerialScheduler;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletException;
import jakarta.websocket.DeploymentException;
import jakarta.websocket.Endpoint;
import jakarta.websocket.server.ServerContainer;
import jakarta.websocket.server.ServerEndpointConfig;
import java.io.IOException;
import java.net.Socket;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.http.HttpStatus;
import org.springframework.web.servlet.function.ServerResponse;

/// The tunnels that are open, and their number. Thread-safe.
///
/// As the gateway ends, which it does when new connections go elsewhere already, the other ends are
/// told to leave, and those that have not when the limit has passed are closed.
final class OpenTunnels implements SmartLifecycle {

  private static final Logger log = LoggerFactory.getLogger(OpenTunnels.class);
  private static final String CONTAINER = ServerContainer.class.getName();
  private static final Duration LOOK = Duration.ofSeconds(1);

  private final TunnelProperties properties;
  private final Semaphore free;
  private final Set<TunnelRelay> open = ConcurrentHashMap.newKeySet();
  private final SerialScheduler scheduler = SerialScheduler.onThread("gateway-tunnels");
  private final CountDownLatch none = new CountDownLatch(1);
  private volatile boolean draining;
  private volatile boolean running;

  OpenTunnels(TunnelProperties properties) {
    this.properties = properties;
    this.free = new Semaphore(properties.maxTunnels());
  }

  /// The right to be open. Left once, however often that is said.
  final class Place {

    private final AtomicBoolean left = new AtomicBoolean();

    void leave() {
      if (left.compareAndSet(false, true)) {
        free.release();
      }
    }
  }

  /// Takes a place.
  ///
  /// @throws dev.myelin.gateway.problem.ProblemException if there is none, or this gateway ends
  Place enter() {
    if (draining) {
      throw TunnelRoutes.refusal(ProblemType.DRAINING, "This gateway is about to end.");
    }
    if (!free.tryAcquire()) {
      throw TunnelRoutes.refusal(
          ProblemType.RESOURCE_EXHAUSTED,
          "%d tunnels are open here, which is the limit: close some, or raise 'myelin.core.gateway.tunnel.max-tunnels'."
              .formatted(properties.maxTunnels()));
    }
    return new Place();
  }

  /// Makes a request a tunnel.
  ///
  /// @param place taken for it; left when it ends
  /// @param target connected
  /// @param from who asks, for the log
  /// @param to the process, for the log
  ServerResponse open(Place place, Socket target, String from, String to) {
    var relay = new TunnelRelay(target, properties, from + " to " + to);
    relay.whenEnded(() -> {
      open.remove(relay);
      place.leave();
      if (draining && open.isEmpty()) {
        none.countDown();
      }
    });
    return ServerResponse.status(HttpStatus.SWITCHING_PROTOCOLS)
        .build((request, response) -> {
          open.add(relay);
          try {
            container(request.getServletContext())
                .upgradeHttpToWebSocket(request, response, config(relay), Map.of());
          } catch (IOException | RuntimeException e) {
            relay.end("the upgrade failed");
            throw e;
          } catch (DeploymentException e) {
            relay.end("the upgrade failed");
            throw new ServletException("A WebSocket cannot be opened", e);
          }
          return null;
        });
  }

  private static ServerContainer container(ServletContext context) {
    if (context.getAttribute(CONTAINER) instanceof ServerContainer container) {
      return container;
    }
    throw new IllegalStateException("This server has no WebSockets");
  }

  private static ServerEndpointConfig config(TunnelRelay relay) {
    return ServerEndpointConfig.Builder.create(TunnelRelay.class, "/")
        .configurator(
            new ServerEndpointConfig.Configurator() {
              @Override
              public <T> T getEndpointInstance(Class<T> type) {
                return type.cast((Endpoint) relay);
              }
            })
        .build();
  }

  /// How many are open.
  int count() {
    return open.size();
  }

  @Override
  public void start() {
    running = true;
    scheduler.repeat(LOOK, () -> open.forEach(TunnelRelay::look));
  }

  @Override
  public void stop() {
    running = false;
    draining = true;
    if (!open.isEmpty()) {
      log.info("Tunnels are asked to leave: open={}", open.size());
      open.forEach(TunnelRelay::leave);
      awaitNone();
      open.forEach(relay -> relay.end("the gateway ends"));
    }
    scheduler.close();
  }

  private void awaitNone() {
    try {
      if (!open.isEmpty()
          && !none.await(properties.drainTimeout().toNanos(), TimeUnit.NANOSECONDS)) {
        log.warn("Tunnels are closed that did not leave in time: open={}", open.size());
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public boolean isRunning() {
    return running;
  }

  /// After new connections are led elsewhere, before the HTTP server ends.
  @Override
  public int getPhase() {
    return Integer.MAX_VALUE - 1;
  }
}
