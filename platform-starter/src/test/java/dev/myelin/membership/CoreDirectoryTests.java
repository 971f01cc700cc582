package dev.myelin.membership;

import static dev.myelin.membership.Members.core;
import static org.assertj.core.api.Assertions.assertThat;

import dev.myelin.wire.Instance;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

@ExtendWith(OutputCaptureExtension.class)
final class CoreDirectoryTests {

  private static final long OWN_PID = ProcessHandle.current().pid();
  private static final long NO_PID = Long.MAX_VALUE;

  private final VirtualScheduler time = new VirtualScheduler();
  private ClusterFolder folder;
  private CoreDirectory directory;

  @BeforeEach
  void open(@TempDir Path root) {
    folder = new ClusterFolder(root.resolve("cluster"));
    directory = new FolderCoreDirectory(folder, time::nanoTime);
  }

  private void register(Instance process) {
    new CoreRegistration(folder, process).register();
    time.advance(Duration.ofSeconds(1));
  }

  @Test
  void emptyWithoutAFolder() {
    assertThat(directory.instances("myelin-pubsub")).isEmpty();
  }

  @Test
  void findsTheHostsOfAServiceNewestFirst() {
    var old = core("core-z", OWN_PID, 0, "myelin-pubsub", "myelin-stethoscope");
    var young = core("core-a", OWN_PID, 5, "myelin-pubsub");
    register(young);
    register(old);

    assertThat(directory.instances("myelin-pubsub")).containsExactly(young, old);
    assertThat(directory.instances("myelin-stethoscope")).containsExactly(old);
    assertThat(directory.instances("myelin-gateway")).isEmpty();
  }

  @Test
  void readsAtMostOnceASecond() {
    assertThat(directory.instances("myelin-pubsub")).isEmpty();
    new CoreRegistration(folder, core("core-1", OWN_PID, 0, "myelin-pubsub")).register();

    time.advance(Duration.ofMillis(999));
    assertThat(directory.instances("myelin-pubsub")).isEmpty();
    time.advance(Duration.ofMillis(1));
    assertThat(directory.instances("myelin-pubsub")).hasSize(1);
  }

  @Test
  void unreadableFolderKeepsTheLastKnownAndWarnsOnce(CapturedOutput output) throws IOException {
    register(core("core-1", OWN_PID, 0, "myelin-pubsub"));
    assertThat(directory.instances("myelin-pubsub")).hasSize(1);

    Files.writeString(folder.core().resolve("broken.json"), "{");
    for (int second = 0; second < 3; second++) {
      time.advance(Duration.ofSeconds(1));
      assertThat(directory.instances("myelin-pubsub")).hasSize(1);
    }

    assertThat(output).containsOnlyOnce("keep their last known endpoints");
  }

  @Test
  void leavingRemovesTheProcess() {
    var registration = new CoreRegistration(folder, core("core-1", OWN_PID, 0, "myelin-pubsub"));
    registration.register();
    assertThat(directory.instances("myelin-pubsub")).hasSize(1);

    registration.leave();
    registration.leave();
    time.advance(Duration.ofSeconds(1));

    assertThat(directory.instances("myelin-pubsub")).isEmpty();
  }

  @Test
  void registeringRemovesProcessesThatWereKilled() {
    var living = core("core-1", OWN_PID, 0, "myelin-pubsub");
    register(living);
    register(core("core-2", NO_PID, 1, "myelin-pubsub"));

    var mine = core("core-3", OWN_PID, 2, "myelin-pubsub");
    register(mine);

    assertThat(directory.instances("myelin-pubsub")).containsExactly(mine, living);
  }
}
