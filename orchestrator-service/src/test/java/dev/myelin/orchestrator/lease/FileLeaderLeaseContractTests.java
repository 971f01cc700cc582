package dev.myelin.orchestrator.lease;

import dev.myelin.membership.ClusterFolder;
import dev.myelin.orchestrator.time.Time;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;

final class FileLeaderLeaseContractTests extends LeaderLeaseContractTests {

  private final Map<String, LeaderLease> leases = new HashMap<>();

  @TempDir
  @SuppressWarnings("NullAway.Init") // JUnit sets it
  private Path root;

  @Override
  LeaderLease of(String process) {
    return leases.computeIfAbsent(
        process, id -> new FileLeaderLease(new ClusterFolder(root), id, Time.system()));
  }

  @AfterEach
  void release() {
    leases.values().forEach(LeaderLease::release);
  }
}
