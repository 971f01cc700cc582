package dev.myelin.local;

import static org.awaitility.Awaitility.await;

import dev.myelin.wire.ClusterView;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// Processes that a test has seen, told from later ones with the same id by their start.
/// Thread-safe.
final class SeenProcesses {

  private final Set<ProcessHandle> handles = ConcurrentHashMap.newKeySet();

  void add(ProcessHandle handle) {
    handles.add(handle);
  }

  void addAll(ClusterView view) {
    view.services().values().stream()
        .flatMap(List::stream)
        .filter(instance -> instance.pid() > 0)
        .flatMap(instance -> ProcessHandle.of(instance.pid()).stream())
        .forEach(handles::add);
  }

  /// Ids of those that still run.
  List<Long> running() {
    return handles.stream().filter(SeenProcesses::runs).map(ProcessHandle::pid).toList();
  }

  /// Ends all of them, and waits until they have: what they write is about to be deleted.
  void kill() {
    handles.forEach(ProcessHandle::destroyForcibly);
    await("the end of all processes")
        .atMost(Duration.ofMinutes(1))
        .until(this::running, List::isEmpty);
  }

  /// Sends a signal to a process.
  static void signal(String signal, long pid) throws IOException, InterruptedException {
    var kill = new ProcessBuilder("kill", "-" + signal, Long.toString(pid)).inheritIO().start();
    if (kill.waitFor() != 0) {
      throw new IOException("kill -%s %d ended with %d".formatted(signal, pid, kill.exitValue()));
    }
  }

  /// A process that has ended but whose parent has not asked how counts as ended: nobody may ask
  /// for an orphan where process 1 is no real init.
  private static boolean runs(ProcessHandle handle) {
    return handle.isAlive() && !zombie(handle.pid());
  }

  private static boolean zombie(long pid) {
    try {
      var stat = Files.readString(Path.of("/proc", Long.toString(pid), "stat"));
      return stat.substring(stat.lastIndexOf(')')).startsWith(") Z");
    } catch (IOException _) {
      return false;
    }
  }
}
