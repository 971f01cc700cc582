package dev.myelin.benchmarks.myelin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.myelin.benchmarks.instance.InstanceApplication;
import dev.myelin.benchmarks.instance.Sleeper;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
final class SmallClusterTests {

  @Test
  void instanceRegistersServesAndLeaves(@TempDir Path folder) throws Exception {
    try (var cluster = SmallCluster.open(folder)) {
      var sleeper = cluster.caller(Sleeper.class);
      try (var _ = InstanceApplication.start("sleeper-1", folder.toString())) {
        assertThat(cluster.await("sleeper-1", Duration.ofSeconds(60)).services())
            .containsExactly("sleeper");
        assertThat(sleeper.sleep(1)).isEqualTo(1);
      }

      assertThatIllegalStateException()
          .isThrownBy(() -> cluster.await("sleeper-1", Duration.ofMillis(1)))
          .withMessageContaining("did not register");
    }
  }
}
