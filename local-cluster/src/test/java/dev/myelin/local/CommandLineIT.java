package dev.myelin.local;

import static org.assertj.core.api.Assertions.assertThat;

import dev.myelin.membership.ClusterFolder;
import dev.myelin.membership.FolderLock;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// What the jar says to a command line that starts nothing.
@Timeout(120)
class CommandLineIT {

  @TempDir private Path folder;

  private record Ending(int status, String said) {}

  private static Ending run(String... arguments) throws IOException, InterruptedException {
    var command =
        new ArrayList<>(
            List.of(SampleJars.java(), "-Xmx64m", "-jar", SampleJars.localCluster().toString()));
    command.addAll(List.of(arguments));
    var process = new ProcessBuilder(command).redirectErrorStream(true).start();
    process.getOutputStream().close();
    var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Ending(process.waitFor(), said);
  }

  @Test
  void commandLineWhenItNamesNoApplicationIsRefusedInOneSentence() throws Exception {
    var ending = run();

    assertThat(ending.status()).isEqualTo(2);
    assertThat(ending.said()).startsWith("Usage:").contains("--myelin.app=APP.jar").hasLineCount(1);
  }

  @Test
  void commandLineWhenTheApplicationIsMissingIsRefusedInOneSentence() throws Exception {
    var ending = run("--myelin.app=absent.jar");

    assertThat(ending.status()).isEqualTo(2);
    assertThat(ending.said()).contains("'absent.jar'").hasLineCount(1);
  }

  @Test
  void commandLineWhenTheFolderIsTakenIsRefusedInOneSentence() throws Exception {
    var lock = new FolderLock(new ClusterFolder(folder), "local-cluster.lock");
    assertThat(lock.tryLock()).isTrue();
    try {
      var jar = SampleJars.localCluster();

      var ending = run("--myelin.app=" + jar, "--myelin.cluster.folder=" + folder);

      assertThat(ending.status()).isEqualTo(2);
      assertThat(ending.said()).contains("'" + folder + "'").hasLineCount(1);
    } finally {
      lock.release();
    }
  }
}
