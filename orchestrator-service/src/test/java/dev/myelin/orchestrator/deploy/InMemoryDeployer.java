package dev.myelin.orchestrator.deploy;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.myelin.orchestrator.time.Time;
import dev.myelin.wire.InstanceId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/// Processes that exist in name only. Thread-safe, as a loop spawns several at a time.
public final class InMemoryDeployer implements Deployer {

  private final Time time;

  @GuardedBy("this")
  private final Map<Long, Running> running = new LinkedHashMap<>();

  @GuardedBy("this")
  private final List<SpawnOrder> orders = new ArrayList<>();

  @GuardedBy("this")
  private long lastPid = 1_000;

  @GuardedBy("this")
  private boolean broken;

  private record Running(SpawnOrder order, ProcessKey process, CompletableFuture<Exit> exit) {}

  public InMemoryDeployer(Time time) {
    this.time = time;
  }

  @Override
  public synchronized Spawned spawn(SpawnOrder order) {
    orders.add(order);
    if (broken) {
      throw new UncheckedIOException("Cannot start", new IOException("no space left on device"));
    }
    var process = new ProcessKey(++lastPid, time.now());
    var exit = new CompletableFuture<Exit>();
    running.put(process.pid(), new Running(order, process, exit));
    return new Spawned(order.id(), process, exit);
  }

  @Override
  public synchronized Optional<Spawned> adopt(InstanceId id, ProcessKey process) {
    return find(process).map(found -> new Spawned(id, process, found.exit().copy()));
  }

  @Override
  public synchronized boolean isAlive(ProcessKey process) {
    return find(process).isPresent();
  }

  @Override
  public synchronized void terminate(ProcessKey process) {
    end(process, 128 + 15);
  }

  @Override
  public synchronized void kill(ProcessKey process) {
    end(process, 128 + 9);
  }

  @GuardedBy("this")
  private Optional<Running> find(ProcessKey process) {
    return Optional.ofNullable(running.get(process.pid()))
        .filter(found -> process.startedAbout(found.process().startedAt()));
  }

  /// Ends a process, if it runs.
  public synchronized void end(ProcessKey process, int code) {
    find(process)
        .ifPresent(found -> {
          running.remove(process.pid());
          found.exit().complete(new Exit(code));
        });
  }

  /// Ends an instance's process.
  public synchronized void end(InstanceId id, int code) {
    running.values().stream()
        .filter(found -> found.order().id().equals(id))
        .map(Running::process)
        .toList()
        .forEach(process -> end(process, code));
  }

  /// Lets every further order fail, or succeed again.
  public synchronized void breakDown(boolean down) {
    broken = down;
  }

  /// What was ordered, in order.
  public synchronized List<SpawnOrder> orders() {
    return List.copyOf(orders);
  }

  /// Which instances run.
  public synchronized List<InstanceId> running() {
    return running.values().stream().map(found -> found.order().id()).toList();
  }

  /// The process of a running instance.
  public synchronized Optional<ProcessKey> processOf(InstanceId id) {
    return running.values().stream()
        .filter(found -> found.order().id().equals(id))
        .map(Running::process)
        .findFirst();
  }
}
