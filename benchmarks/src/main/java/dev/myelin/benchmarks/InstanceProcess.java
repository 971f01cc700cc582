package dev.myelin.benchmarks;

import dev.myelin.benchmarks.instance.InstanceApplication;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/// The body of a process that is an instance of a cluster.
final class InstanceProcess {

  private InstanceProcess() {}

  static List<String> arguments(String id, Path folder) {
    return List.of("instance", "--id=" + id, "--folder=" + folder);
  }

  /// Serves until the process is told to drain, and ends with it.
  static void run(List<String> arguments) throws InterruptedException {
    var options = Options.parse(arguments, Set.of("id", "folder"));
    var _ = InstanceApplication.start(options.text("id", ""), options.text("folder", ""));
    // the drain ends the process
    Thread.currentThread().join();
  }
}
