package dev.myelin.samples.primes.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.Attributes.Name;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// The whole story, told against a [FakeCluster] in a process of its own.
@Timeout(60)
class DemoTests {

  @TempDir Path folder;

  private final ByteArrayOutputStream told = new ByteArrayOutputStream();

  @Test
  void demoWhenAllIsWellTellsTheStory() throws Exception {
    assertThat(run("right")).isTrue();

    assertThat(lines())
        .anyMatch(line -> line.startsWith("Starting a cluster at http://127.0.0.1:"))
        .anyMatch(line -> line.startsWith("First remote call answered "))
        .anyMatch(line -> line.matches(" {2}core services +process \\d+ +\\d+ MB"))
        .anyMatch(line -> line.matches(" {2}prime-counter +process \\d+ +\\d+ MB"))
        .anyMatch(line -> line.contains("]  90 %  3 instances"))
        .anyMatch(
            line -> line.matches(" {2}killed \\(-9\\) prime-counter-2, process \\d+, with 2 .*"))
        .anyMatch(line -> line.matches("Answer {5}5,761,455 primes in .* s; that is right"))
        .anyMatch(line -> line.matches("Instances {2}3 of .* at the peak, 1 after scaling down,.*"))
        .anyMatch(line -> line.equals("Calls      1,234 made, 2 retried, 0 failed"))
        .anyMatch(line -> line.startsWith("Stopped in "));
    assertNothingLeft();
  }

  @Test
  void demoWhenAnswerIsWrongFails() throws Exception {
    assertThat(run("wrong")).isFalse();
    assertThat(lines()).anyMatch(line -> line.endsWith("; WRONG, there are 5,761,455"));
    assertNothingLeft();
  }

  @Test
  void demoWhenACallFailedFails() throws Exception {
    assertThat(run("failing")).isFalse();
    assertThat(lines()).contains("Calls      1,234 made, 2 retried, 1 failed");
  }

  @Test
  void demoWhenTheCountFailsTellsTheReasonAndTheLog() throws Exception {
    assertThat(run("broken")).isFalse();
    assertThat(lines()).contains("The count failed: no luck", "behaves as broken");
    assertNothingLeft();
  }

  @Test
  void demoWhenProcessesOutliveTheClusterKillsThem() throws Exception {
    assertThat(run("leaving")).isFalse();
    assertThat(lines()).contains("1 processes outlived the cluster, and were killed");
    assertNothingLeft();
  }

  @Test
  void demoWhenTheClusterEndsAtOnceTellsSo() throws Exception {
    assertThat(run("ending")).isFalse();
    assertThat(lines())
        .contains("The cluster ended before it answered a call", "behaves as ending");
  }

  private boolean run(String behaviour)
      throws IOException, InterruptedException, URISyntaxException {
    var out = new PrintStream(told, true, StandardCharsets.UTF_8);
    var jars = List.of(clusterJar().toString(), behaviour + ".jar", folder.toString());
    return Demo.run(jars, out);
  }

  /// A jar that holds nothing but the way to the classes of this test.
  private Path clusterJar() throws IOException, URISyntaxException {
    var classes = FakeCluster.class.getProtectionDomain().getCodeSource().getLocation().toURI();
    var manifest = new Manifest();
    manifest.getMainAttributes().put(Name.MANIFEST_VERSION, "1.0");
    manifest.getMainAttributes().put(Name.MAIN_CLASS, FakeCluster.class.getName());
    manifest.getMainAttributes().put(Name.CLASS_PATH, classes.toString());
    var jar = folder.resolve("cluster.jar");
    new JarOutputStream(Files.newOutputStream(jar), manifest).close();
    return jar;
  }

  private List<String> lines() {
    return told.toString(StandardCharsets.UTF_8).lines().toList();
  }

  private void assertNothingLeft() throws IOException {
    try (var log = Files.lines(folder.resolve("cluster.log"))) {
      var started =
          log.filter(line -> line.startsWith("started "))
              .map(line -> Long.valueOf(line.substring("started ".length())))
              .toList();
      assertThat(started).isNotEmpty().noneMatch(DemoTests::runs);
    }
  }

  private static boolean runs(long pid) {
    return ProcessHandle.of(pid).filter(ProcessHandle::isAlive).isPresent()
        && !ProcessStatus.zombie(pid);
  }
}
