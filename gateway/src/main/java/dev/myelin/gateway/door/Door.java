package dev.myelin.gateway.door;

import dev.myelin.gateway.door.DoorConfiguration.DoorFactory;
import java.io.IOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.ServerSocketChannel;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.catalina.LifecycleException;
import org.apache.catalina.Service;
import org.apache.catalina.connector.Connector;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.tomcat.TomcatWebServer;
import org.springframework.boot.web.server.context.WebServerInitializedEvent;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.event.EventListener;

/// Takes a port as soon as it is free, and keeps it until this gateway ends: when the gateway that
/// had it is gone, the next one serves whoever comes there.
///
/// The connector is set as the gateway's own is (TLS, threads, limits). Whether the port is free is
/// looked at a few times a second, on a platform thread of its own. Connections that the former
/// gateway had are not taken over.
final class Door implements SmartLifecycle {

  private static final Logger log = LoggerFactory.getLogger(Door.class);
  private static final Duration INTERVAL = Duration.ofMillis(250);
  private static final Duration STOP_LIMIT = Duration.ofSeconds(5);

  private final DoorFactory factory;
  private final int port;
  private final CountDownLatch closed = new CountDownLatch(1);
  private final Thread thread =
      Thread.ofPlatform().name("gateway-door").daemon().unstarted(this::watch);
  private volatile @Nullable Service service;
  private volatile boolean running;
  private boolean complained;

  Door(DoorFactory factory, int port) {
    this.factory = factory;
    this.port = port;
  }

  @EventListener
  void listening(WebServerInitializedEvent event) {
    if (event.getWebServer() instanceof TomcatWebServer tomcat
        && event.getApplicationContext().getServerNamespace() == null) {
      service = tomcat.getTomcat().getService();
    }
  }

  @Override
  public int getPhase() {
    return Integer.MAX_VALUE; // when the web server has started; ended before it
  }

  @Override
  public void start() {
    running = true;
    thread.start();
  }

  @Override
  public boolean isRunning() {
    return running;
  }

  @Override
  public void stop() {
    running = false;
    closed.countDown();
    try {
      thread.join(STOP_LIMIT);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private void watch() {
    try {
      while (!closed.await(INTERVAL.toNanos(), TimeUnit.NANOSECONDS)) {
        var serving = service;
        if (serving != null && free() && open(serving)) {
          return;
        }
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  // A connector that cannot bind says so loudly, and this is what waiting looks like
  private boolean free() {
    try (var probe = ServerSocketChannel.open()) {
      probe.setOption(StandardSocketOptions.SO_REUSEADDR, true);
      var address = factory.getAddress();
      probe.bind(
          address == null ? new InetSocketAddress(port) : new InetSocketAddress(address, port));
      return true;
    } catch (BindException _) {
      return false;
    } catch (IOException e) {
      complain(e);
      return false;
    }
  }

  private boolean open(Service serving) {
    var connector = factory.connector(port);
    try {
      serving.addConnector(connector);
      log.info("The gateway has taken port {}", port);
      return true;
    } catch (RuntimeException e) {
      complain(e);
      remove(serving, connector);
      return false;
    }
  }

  private void complain(Exception cause) {
    if (!complained) {
      log.warn("Port {} cannot be taken; it is tried on", port, cause);
    }
    complained = true;
  }

  private static void remove(Service serving, Connector connector) {
    serving.removeConnector(connector);
    try {
      connector.destroy();
    } catch (LifecycleException e) {
      log.debug("A connector that could not be started cannot be destroyed", e);
    }
  }
}
