package dev.myelin.orchestrator.output;

import static org.assertj.core.api.Assertions.assertThat;

import dev.myelin.wire.InstanceId;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class LogRetentionTests {

  @TempDir
  @SuppressWarnings("NullAway.Init") // JUnit sets it
  private Path folder;

  private void log(String name, int second) throws Exception {
    var file = Files.writeString(folder.resolve(name), "x");
    Files.setLastModifiedTime(file, FileTime.from(Instant.ofEpochSecond(second)));
  }

  @Test
  void oldestLogsOfEndedProcessesGo() throws Exception {
    log("running-1.log", 1);
    log("oldest-1.log", 2);
    log("older-1.log", 3);
    log("newest-1.log", 4);
    log("notes.txt", 0);

    new LogRetention(folder, 2).prune(Set.of(new InstanceId("running-1")));

    assertThat(folder)
        .isDirectoryNotContaining("glob:**oldest-1.log")
        .isDirectoryContaining("glob:**running-1.log")
        .isDirectoryContaining("glob:**older-1.log")
        .isDirectoryContaining("glob:**newest-1.log")
        .isDirectoryContaining("glob:**notes.txt");
  }

  @Test
  void fewerThanTheNumberToKeepStay() throws Exception {
    log("one-1.log", 1);

    new LogRetention(folder, 2).prune(Set.of());

    assertThat(folder.resolve("one-1.log")).exists();
  }

  @Test
  void missingFolderIsNothingToPrune() {
    var none = folder.resolve("none");

    new LogRetention(none, 0).prune(Set.of());

    assertThat(none).doesNotExist();
  }
}
