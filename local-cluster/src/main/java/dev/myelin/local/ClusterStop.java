package dev.myelin.local;

import dev.myelin.membership.ClusterFolder;
import dev.myelin.membership.StopRequest;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// Ends a cluster that runs, from another process: asks for it in the cluster's folder, and waits
/// until no core process is left, since that is the last thing to end.
final class ClusterStop {

  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final Duration LOOK = Duration.ofMillis(200);
  private static final int STOPPED = 0;
  private static final int STILL_THERE = 1;
  private static final int NOTHING = 2;

  private final Path folder;
  private final PrintStream out;

  ClusterStop(Path folder, PrintStream out) {
    this.folder = folder;
    this.out = out;
  }

  /// Does it.
  ///
  /// @return exit status of this process
  int run() {
    var living = new HashSet<>(LivingCore.processes(folder));
    if (living.isEmpty()) {
      out.printf("No cluster runs in the folder '%s'.%n", folder);
      return NOTHING;
    }
    var files = new ClusterFolder(folder);
    files.write(
        files.stop(),
        new StopRequest("pid " + ProcessHandle.current().pid(), Clock.systemUTC().instant()));
    out.printf("stopping the cluster in '%s'%n", folder);
    boolean ended = awaitEnd(living);
    out.println(
        ended
            ? "stopped"
            : "Some core processes still run after %d s; their logs are in '%s'."
                .formatted(LIMIT.toSeconds(), files.logs()));
    return ended ? STOPPED : STILL_THERE;
  }

  // A process leaves the folder a moment before it ends
  private boolean awaitEnd(Set<ProcessHandle> seen) {
    var never = new CountDownLatch(1);
    long until = System.nanoTime() + LIMIT.toNanos();
    try {
      while (seen.addAll(LivingCore.processes(folder))
          || seen.stream().anyMatch(LivingCore::runs)) {
        if (System.nanoTime() - until >= 0) {
          return false;
        }
        var _ = never.await(LOOK.toNanos(), TimeUnit.NANOSECONDS);
      }
      return true;
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
