package dev.myelin.samples.primes.demo;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// The cluster as a process of this machine, and the processes that it started.
///
/// Safe for use by several threads: a shutdown hook may stop it while the demo goes on.
final class ClusterProcess {

  /// How the cluster ended.
  ///
  /// @param inOrder whether it ended by itself when asked to
  /// @param outlived processes of the cluster that were still there afterwards, and have been
  ///   killed
  record Stopped(boolean inOrder, int outlived) {}

  private static final Duration TIME_TO_STOP = Duration.ofSeconds(30);
  private static final Duration TIME_TO_FOLLOW = Duration.ofSeconds(3);

  private final Process process;
  private final Path log;
  private final Map<Long, ProcessHandle> members = new HashMap<>();
  private boolean stopping;

  private ClusterProcess(Process process, Path log) {
    this.process = process;
    this.log = log;
  }

  /// Starts it.
  ///
  /// @param command the command line
  /// @param folder its working directory; its output goes to `cluster.log` there
  static ClusterProcess start(List<String> command, Path folder) throws DemoFailure {
    try {
      Files.createDirectories(folder);
      var log = folder.resolve("cluster.log");
      var process =
          new ProcessBuilder(command)
              .directory(folder.toFile())
              .redirectErrorStream(true)
              .redirectOutput(log.toFile())
              .redirectInput(ProcessBuilder.Redirect.PIPE)
              .start();
      return new ClusterProcess(process, log);
    } catch (IOException failure) {
      throw new DemoFailure("The cluster could not be started: " + failure, failure);
    }
  }

  /// Its process id.
  long pid() {
    return process.pid();
  }

  /// Where its output goes.
  Path log() {
    return log;
  }

  /// Whether it runs.
  boolean alive() {
    return process.isAlive();
  }

  /// Waits until it ends by itself.
  void awaitEnd() throws InterruptedException {
    process.waitFor();
  }

  /// Notes the processes that the cluster has now, so that none is left behind.
  synchronized void remember(ClusterState state) {
    for (var pid : state.processes().keySet()) {
      if (pid != process.pid()) {
        ProcessHandle.of(pid).ifPresent(handle -> members.putIfAbsent(pid, handle));
      }
    }
  }

  /// Whether somebody has begun to stop it.
  synchronized boolean stopping() {
    return stopping;
  }

  /// Asks the cluster to end, waits until it has, and kills what it leaves behind. Does nothing the
  /// second time.
  Stopped stop() throws InterruptedException {
    synchronized (this) {
      stopping = true;
      process.descendants().forEach(child -> members.putIfAbsent(child.pid(), child));
    }
    process.destroy();
    var inOrder = process.waitFor(TIME_TO_STOP);
    if (!inOrder) {
      process.destroyForcibly().waitFor();
    }
    return new Stopped(inOrder, killLeftOver());
  }

  private int killLeftOver() throws InterruptedException {
    List<ProcessHandle> left;
    synchronized (this) {
      left = List.copyOf(members.values());
    }
    awaitEnd(left);
    var outlived =
        left.stream().filter(ClusterProcess::runs).filter(ProcessHandle::destroyForcibly).toList();
    awaitEnd(outlived);
    return outlived.size();
  }

  private static void awaitEnd(List<ProcessHandle> processes) throws InterruptedException {
    var begin = System.nanoTime();
    while (processes.stream().anyMatch(ClusterProcess::runs)
        && System.nanoTime() - begin < TIME_TO_FOLLOW.toNanos()) {
      Thread.sleep(Duration.ofMillis(50));
    }
  }

  private static boolean runs(ProcessHandle process) {
    return process.isAlive() && !ProcessStatus.zombie(process.pid());
  }

  /// The end of its output.
  ///
  /// @param count how many lines at most
  String lastLines(int count) {
    try (Stream<String> lines = Files.lines(log)) {
      var all = lines.toList();
      return String.join("\n", all.subList(Math.max(0, all.size() - count), all.size()));
    } catch (IOException | UncheckedIOException failure) {
      return "(its log cannot be read: " + failure + ")";
    }
  }
}
