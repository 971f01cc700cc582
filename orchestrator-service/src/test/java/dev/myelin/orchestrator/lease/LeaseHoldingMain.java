package dev.myelin.orchestrator.lease;

import dev.myelin.membership.ClusterFolder;
import dev.myelin.orchestrator.time.Time;
import java.nio.file.Path;

/// A JVM that acquires a lease, says whether it got it, and waits to be killed.
final class LeaseHoldingMain {

  private LeaseHoldingMain() {}

  public static void main(String[] arguments) throws Exception {
    var lease =
        new FileLeaderLease(
            new ClusterFolder(Path.of(arguments[0])), "other-process", Time.system());
    System.out.println(lease.acquire());
    int ignored = System.in.read();
    System.exit(ignored);
  }
}
