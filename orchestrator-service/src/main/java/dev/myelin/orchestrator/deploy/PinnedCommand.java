package dev.myelin.orchestrator.deploy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Pins JVMs to one core each, where a service wants that: by `taskset`, and by telling the JVM
/// that it has one processor. Thread-safe.
///
/// Cores are handed out in turn, of those that this process itself may use. Where the system has no
/// `taskset`, the JVM behaves as if it had one core, and the system runs it on any.
public final class PinnedCommand implements CommandLine {

  private static final Logger log = LoggerFactory.getLogger(PinnedCommand.class);

  private final CommandLine command;
  private final Predicate<String> singleCore;
  private final List<String> taskset;
  private final Cores cores;
  private final AtomicInteger turn = new AtomicInteger();
  private final AtomicBoolean said = new AtomicBoolean();

  /// Creates one.
  ///
  /// @param command a JVM's command: `java` and its arguments
  /// @param singleCore whether instances of a service, by its name, are pinned
  /// @param path where `taskset` is looked for, as the variable `PATH` says it
  /// @param cores the cores
  public PinnedCommand(
      CommandLine command, Predicate<String> singleCore, String path, Cores cores) {
    this.command = command;
    this.singleCore = singleCore;
    this.taskset = ProcessDeployer.prefix("taskset", path, "-c");
    this.cores = cores;
  }

  @Override
  public List<String> of(SpawnOrder order) {
    var line = command.of(order);
    if (order.services().stream().noneMatch(singleCore)) {
      return line;
    }
    var pinned = new ArrayList<String>();
    if (taskset.isEmpty() || cores.numbers().isEmpty()) {
      sayOnce();
    } else {
      pinned.addAll(taskset);
      int core = Math.floorMod(turn.getAndIncrement(), cores.numbers().size());
      pinned.add(cores.numbers().get(core).toString());
    }
    pinned.add(line.getFirst());
    pinned.add("-XX:ActiveProcessorCount=1");
    pinned.addAll(line.subList(1, line.size()));
    return pinned;
  }

  private void sayOnce() {
    if (said.compareAndSet(false, true)) {
      log.warn(
          "There is no 'taskset' on this system: instances of services with singleCore are told that"
              + " they have one core, and may run on any. Install util-linux to pin them.");
    }
  }

  @Override
  public void ended(SpawnOrder order, Exit exit) {
    command.ended(order, exit);
  }
}
