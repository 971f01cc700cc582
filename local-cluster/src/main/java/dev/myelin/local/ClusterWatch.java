package dev.myelin.local;

import dev.myelin.CallException;
import dev.myelin.wire.ClusterView;
import dev.myelin.wire.ClusterView.InstanceView;
import dev.myelin.wire.InstanceState;
import dev.myelin.wire.Orchestrator;
import dev.myelin.wire.ServiceNames;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.web.server.context.WebServerInitializedEvent;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.context.event.EventListener;

/// Looks at the cluster several times a second and shows what it sees, from the first process to
/// the last.
///
/// Started before and stopped after everything else of the context. The display is used by its one
/// thread alone.
final class ClusterWatch implements SmartLifecycle {

  private static final Logger log = LoggerFactory.getLogger(ClusterWatch.class);
  private static final Duration INTERVAL = Duration.ofMillis(300);
  private static final Duration LAST_WORDS = Duration.ofSeconds(10);

  private final Orchestrator orchestrator;
  private final Display display;
  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().name("cluster-watch").daemon().factory());
  private volatile boolean running;
  private volatile int port;
  private boolean ready;

  ClusterWatch(Orchestrator orchestrator, Display display) {
    this.orchestrator = orchestrator;
    this.display = display;
  }

  @Override
  public int getPhase() {
    return Integer.MIN_VALUE;
  }

  @Override
  public void start() {
    running = true;
    var _ =
        thread.scheduleWithFixedDelay(this::look, 0, INTERVAL.toMillis(), TimeUnit.MILLISECONDS);
  }

  @Override
  public boolean isRunning() {
    return running;
  }

  /// Takes note of where the gateway listens.
  @EventListener
  void listening(WebServerInitializedEvent event) {
    port = event.getWebServer().getPort();
  }

  /// Says that the end has begun.
  @EventListener
  void closing(ContextClosedEvent event) {
    tell("stopping: calls in flight finish, then the processes end");
  }

  @Override
  public void stop() {
    running = false;
    thread.execute(this::look);
    tell("stopped");
    thread.execute(display::end);
    thread.shutdown();
    try {
      if (!thread.awaitTermination(LAST_WORDS.toMillis(), TimeUnit.MILLISECONDS)) {
        thread.shutdownNow();
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private void tell(String line) {
    if (!thread.isShutdown()) {
      thread.execute(() -> display.say(line));
    }
  }

  private void look() {
    try {
      var view = orchestrator.cluster();
      display.show(view);
      if (!ready && ready(view)) {
        ready = true;
        display.say(
            "ready  http://localhost:%1$d  (cluster: http://localhost:%1$d/-/cluster, end: Ctrl-C)"
                .formatted(port));
      }
    } catch (CallException e) {
      log.debug("The orchestrator does not say how the cluster is", e);
    } catch (RuntimeException e) {
      // a scheduled task that throws is never run again
      log.warn("Looking at the cluster failed", e);
    }
  }

  private boolean ready(ClusterView view) {
    var fronts = view.services().getOrDefault(ServiceNames.FRONT, List.of());
    return port > 0
        && fronts.stream().map(InstanceView::state).anyMatch(InstanceState.SERVING::equals)
        && view.services().values().stream()
            .flatMap(List::stream)
            .noneMatch(each -> each.state() == InstanceState.STARTING);
  }
}
