package dev.myelin.local;

import static org.assertj.core.api.Assertions.assertThat;

import dev.myelin.membership.ClusterFolder;
import dev.myelin.wire.Endpoint;
import dev.myelin.wire.Instance;
import dev.myelin.wire.InstanceId;
import dev.myelin.wire.Role;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
final class ClusterStopTests {

  private final ByteArrayOutputStream printed = new ByteArrayOutputStream();

  @TempDir private Path root;

  private ClusterStop stop() {
    return new ClusterStop(root, new PrintStream(printed, true, StandardCharsets.UTF_8));
  }

  private void listed(long pid, Instant startedAt) {
    var folder = new ClusterFolder(root);
    var id = new InstanceId("core-1");
    folder.write(
        folder.core(id),
        new Instance(
            id,
            List.of("myelin-orchestrator"),
            new Endpoint("127.0.0.1", 1),
            null,
            new Instance.ProcessIdentity(Role.CORE, pid, "b1", startedAt)));
  }

  @Test
  void stopWhereNoClusterRunsSaysSoAndAsksForNothing() {
    assertThat(stop().run()).isEqualTo(2);

    assertThat(printed.toString(StandardCharsets.UTF_8))
        .contains("No cluster runs", root.toString());
    assertThat(new ClusterFolder(root).stop()).doesNotExist();
  }

  @Test
  void stopWhereAnotherProcessHasThePidByNowAsksForNothing() {
    listed(ProcessHandle.current().pid(), Instant.EPOCH);

    assertThat(stop().run()).isEqualTo(2);
  }

  @Test
  void stopAsksInTheFolderAndWaitsUntilTheProcessHasEndedNotOnlyLeft() throws Exception {
    var core = new ProcessBuilder("sleep", "300").start();
    try {
      listed(core.pid(), core.info().startInstant().orElseThrow());
      var ended = CompletableFuture.supplyAsync(() -> stop().run());
      var folder = new ClusterFolder(root);
      while (!Files.exists(folder.stop())) {
        Thread.onSpinWait();
      }

      folder.delete(folder.core(new InstanceId("core-1")));
      assertThat(ended.copy().completeOnTimeout(-1, 500, TimeUnit.MILLISECONDS).get())
          .isEqualTo(-1);

      core.destroyForcibly().waitFor();
      assertThat(ended.get()).isZero();
    } finally {
      core.destroyForcibly();
    }
  }
}
