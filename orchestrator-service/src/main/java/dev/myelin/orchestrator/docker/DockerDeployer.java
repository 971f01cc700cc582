package dev.myelin.orchestrator.docker;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.command.CreateContainerCmd;
import com.github.dockerjava.api.command.InspectContainerResponse;
import com.github.dockerjava.api.exception.ConflictException;
import com.github.dockerjava.api.exception.NotFoundException;
import com.github.dockerjava.api.exception.NotModifiedException;
import com.github.dockerjava.api.model.Bind;
import com.github.dockerjava.api.model.Container;
import com.github.dockerjava.api.model.HostConfig;
import com.github.dockerjava.api.model.Volume;
import dev.myelin.orchestrator.deploy.CommandLine;
import dev.myelin.orchestrator.deploy.Cores;
import dev.myelin.orchestrator.deploy.Deployer;
import dev.myelin.orchestrator.deploy.ProcessKey;
import dev.myelin.orchestrator.deploy.ProcessVariables;
import dev.myelin.orchestrator.deploy.SpawnOrder;
import dev.myelin.orchestrator.deploy.Spawned;
import dev.myelin.wire.InstanceId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.Supplier;

/// Runs containers of this host.
///
/// - A container uses the host's network, so that it is called on the loopback interface like a
///   process, and sees the cluster's folder under the same path.
/// - Output goes straight to a file of that folder, so that it neither blocks nor is lost when this
///   JVM is killed; the image needs `sh` for it.
/// - A container is known by labels with its cluster and its instance, so that one of which there
///   is no record is found again after a takeover. One that has ended is removed.
/// - It runs as the user who owns the folder, with an init process that passes signals on.
public final class DockerDeployer implements Deployer, AutoCloseable {

  private static final String CLUSTER = "dev.myelin.cluster";
  private static final String INSTANCE = "dev.myelin.instance";
  private static final double NANO_CPUS = 1e9;
  private static final String TO_FILE = "exec \"$@\" >> \"$0\" 2>&1";

  private final DockerClient docker;
  private final Supplier<String> image;
  private final CommandLine command;
  private final Setting setting;
  private final ContainerWatch watch;
  private final AtomicInteger turn = new AtomicInteger();

  /// Where containers run.
  ///
  /// @param folder the cluster's folder, absolute
  /// @param logs folder of the output files, within the cluster's
  /// @param variables what each process gets in its environment
  /// @param shares what a container of a service may use; the front by its name
  /// @param cores cores that are handed out to those with one of their own
  public record Setting(
      Path folder,
      Path logs,
      ProcessVariables variables,
      Function<SpawnOrder, ContainerShare> shares,
      Cores cores) {}

  /// Creates one.
  ///
  /// @param docker where containers run
  /// @param image name of the image; may block while it is built
  /// @param command what to run in a container for an order
  /// @param setting what surrounds it
  public DockerDeployer(
      DockerClient docker, Supplier<String> image, CommandLine command, Setting setting) {
    this.docker = docker;
    this.image = image;
    this.command = command;
    this.setting = setting;
    this.watch = new ContainerWatch(docker, Map.of(CLUSTER, cluster()));
  }

  private String cluster() {
    return setting.folder().toString();
  }

  @Override
  public Spawned spawn(SpawnOrder order) {
    try {
      Files.createDirectories(setting.logs());
      var id = create(order);
      try {
        docker.startContainerCmd(id).exec();
        return spawned(order.id(), docker.inspectContainerCmd(id).exec());
      } catch (RuntimeException e) {
        remove(id);
        throw e;
      }
    } catch (IOException e) {
      throw failed(order, e);
    } catch (UncheckedIOException e) {
      throw e;
    } catch (RuntimeException e) {
      throw failed(order, new IOException(e));
    }
  }

  private static UncheckedIOException failed(SpawnOrder order, IOException e) {
    return new UncheckedIOException(
        "Cannot start the container of '%s': %s".formatted(order.id(), e.getMessage()), e);
  }

  private String create(SpawnOrder order) throws IOException {
    var line = new ArrayList<>(List.of("sh", "-c", TO_FILE));
    line.add(setting.logs().resolve(order.id() + ".log").toString());
    line.addAll(command.of(order));
    CreateContainerCmd create =
        docker
            .createContainerCmd(image.get())
            .withEntrypoint(List.of())
            .withCmd(line)
            .withEnv(
                setting.variables().values().entrySet().stream()
                    .map(variable -> variable.getKey() + "=" + variable.getValue())
                    .toList())
            .withUser(owner())
            .withLabels(Map.of(CLUSTER, cluster(), INSTANCE, order.id().value()))
            .withHostConfig(host(setting.shares().apply(order)));
    return create.exec().getId();
  }

  private HostConfig host(ContainerShare share) {
    var path = setting.folder().toString();
    var host =
        HostConfig.newHostConfig()
            .withNetworkMode("host")
            .withInit(true)
            .withBinds(new Bind(path, new Volume(path)));
    if (share.memoryBytes() > 0) {
      host.withMemory(share.memoryBytes());
    }
    var cores = setting.cores().numbers();
    if (share.singleCore() && !cores.isEmpty()) {
      int core = cores.get(Math.floorMod(turn.getAndIncrement(), cores.size()));
      host.withCpusetCpus(Integer.toString(core));
    } else if (share.cpus() > 0) {
      host.withNanoCPUs((long) (Math.min(share.cpus(), Math.max(1, cores.size())) * NANO_CPUS));
    }
    return host;
  }

  private String owner() throws IOException {
    return "%s:%s"
        .formatted(
            Files.getAttribute(setting.folder(), "unix:uid"),
            Files.getAttribute(setting.folder(), "unix:gid"));
  }

  private void remove(String container) {
    try {
      docker.removeContainerCmd(container).withForce(true).exec();
    } catch (NotFoundException _) {
      // it is gone
    }
  }

  private Spawned spawned(InstanceId id, InspectContainerResponse container) {
    var pid = container.getState().getPidLong();
    var key =
        new ProcessKey(
            pid == null ? 0 : pid, Instant.parse(startedAt(container)), container.getId());
    return new Spawned(id, key, watch.exitOf(container.getId()));
  }

  private static String startedAt(InspectContainerResponse container) {
    var started = container.getState().getStartedAt();
    return started == null ? Instant.EPOCH.toString() : started;
  }

  @Override
  public Optional<Spawned> adopt(InstanceId id, ProcessKey process) {
    var known = process.container();
    var container = known == null ? labelled(id, process) : running(known);
    return container
        .filter(found -> id.value().equals(label(found)))
        .map(found -> spawned(id, found));
  }

  // A process in a container states its pid there, and when its runtime started
  private Optional<InspectContainerResponse> labelled(InstanceId id, ProcessKey process) {
    return docker
        .listContainersCmd()
        .withLabelFilter(Map.of(CLUSTER, cluster(), INSTANCE, id.value()))
        .exec()
        .stream()
        .map(Container::getId)
        .flatMap(found -> running(found).stream())
        .filter(found -> process.startedAbout(Instant.parse(startedAt(found))))
        .findFirst();
  }

  private static String label(InspectContainerResponse container) {
    var labels = container.getConfig().getLabels();
    return labels == null ? "" : labels.getOrDefault(INSTANCE, "");
  }

  private Optional<InspectContainerResponse> running(String container) {
    try {
      return Optional.of(docker.inspectContainerCmd(container).exec())
          .filter(found -> Boolean.TRUE.equals(found.getState().getRunning()));
    } catch (NotFoundException _) {
      return Optional.empty();
    }
  }

  @Override
  public boolean isAlive(ProcessKey process) {
    var container = process.container();
    return container != null && watch.alive(container, () -> running(container).isPresent());
  }

  @Override
  public void terminate(ProcessKey process) {
    signal(process, "TERM");
  }

  @Override
  public void kill(ProcessKey process) {
    signal(process, "KILL");
  }

  private void signal(ProcessKey process, String signal) {
    var container = process.container();
    if (container == null) {
      return;
    }
    try {
      docker.killContainerCmd(container).withSignal(signal).exec();
    } catch (NotFoundException | ConflictException | NotModifiedException _) {
      // it has ended
    }
  }

  @Override
  public void close() throws IOException {
    watch.close();
    docker.close();
  }
}
