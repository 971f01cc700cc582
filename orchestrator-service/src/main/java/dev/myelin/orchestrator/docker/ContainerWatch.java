package dev.myelin.orchestrator.docker;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.exception.DockerException;
import com.github.dockerjava.api.exception.NotFoundException;
import com.github.dockerjava.api.model.Container;
import dev.myelin.orchestrator.deploy.Exit;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Notices the end of containers, and removes those that have ended. Thread-safe.
///
/// Asks for all of a cluster's containers at once, several times a second, however many there are:
/// unlike a stream of events that survives a restart of the daemon. While the daemon does not
/// answer, nothing is taken to have ended.
final class ContainerWatch implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(ContainerWatch.class);
  private static final long INTERVAL_MILLIS = 250;

  private final DockerClient docker;
  private final Map<String, String> labels;
  private final Map<String, CompletableFuture<Exit>> awaited = new ConcurrentHashMap<>();
  private final ScheduledExecutorService executor =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("myelin-containers").factory());

  /// Starts watching.
  ///
  /// @param docker where containers run
  /// @param labels what the cluster's containers are known by
  ContainerWatch(DockerClient docker, Map<String, String> labels) {
    this.docker = docker;
    this.labels = Map.copyOf(labels);
    var _ =
        executor.scheduleWithFixedDelay(
            this::look, INTERVAL_MILLIS, INTERVAL_MILLIS, TimeUnit.MILLISECONDS);
  }

  /// How a container will have ended.
  ///
  /// @param container its id
  CompletionStage<Exit> exitOf(String container) {
    return awaited.computeIfAbsent(container, _ -> new CompletableFuture<>()).copy();
  }

  /// Whether a container runs: as last seen, if its end is awaited.
  ///
  /// @param container its id
  /// @param otherwise asks the daemon; if it does not answer, the container is taken to run
  boolean alive(String container, BooleanSupplier otherwise) {
    if (awaited.containsKey(container)) {
      return true;
    }
    try {
      return otherwise.getAsBoolean();
    } catch (RuntimeException e) {
      log.debug("Docker does not answer", e);
      return true;
    }
  }

  private void look() {
    if (awaited.isEmpty()) {
      return;
    }
    try {
      var before = Set.copyOf(awaited.keySet());
      var running = running();
      before.stream().filter(id -> !running.contains(id)).forEach(this::ended);
    } catch (RuntimeException e) {
      log.debug("Docker does not answer", e);
    }
  }

  private Set<String> running() {
    List<Container> found =
        docker
            .listContainersCmd()
            .withLabelFilter(labels)
            .withStatusFilter(List.of("created", "running", "paused", "restarting"))
            .exec();
    return found.stream().map(Container::getId).collect(Collectors.toSet());
  }

  private void ended(String container) {
    Integer code = null;
    try {
      var exit = docker.inspectContainerCmd(container).exec().getState().getExitCodeLong();
      code = exit == null ? null : Math.toIntExact(exit);
      docker.removeContainerCmd(container).withForce(true).exec();
    } catch (NotFoundException _) {
      // somebody removed it
    } catch (DockerException e) {
      log.debug("container={} cannot be removed", container, e);
    }
    var exit = awaited.remove(container);
    if (exit != null) {
      exit.complete(new Exit(code));
    }
  }

  @Override
  public void close() {
    executor.shutdownNow();
  }
}
