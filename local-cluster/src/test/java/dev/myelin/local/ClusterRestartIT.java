package dev.myelin.local;

import dev.myelin.local.LocalClusterProcess.Setup;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// What becomes of the instances when the core services are killed.
@Timeout(600)
class ClusterRestartIT {

  private static final String[] SERVICES = {"prime-counter", "sleeper"};

  @TempDir private Path folder;

  @Test
  void instancesWhenTheClusterIsKilledForGoodEndByThemselves() throws Exception {
    var setup = new Setup(SampleJars.primes(), folder).withArgument("myelin.orphan-timeout", "4s");
    try (var cluster = setup.start()) {
      cluster.awaitSettled(1, SERVICES);

      cluster.kill();

      cluster.awaitNothingLeft(Duration.ofSeconds(40));
    }
  }
}
