package dev.myelin.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LaunchTests {

  @TempDir private Path temporary;
  private Path jar;

  @BeforeEach
  void makeJar() throws Exception {
    jar = Files.createFile(temporary.resolve("shop.jar")).toRealPath();
  }

  private Launch launch(String... arguments) {
    return Launch.of(arguments, null, temporary);
  }

  @Test
  void launchWhenNoApplicationIsNamedSaysHowInOneSentence() {
    assertThat(launch()).isEqualTo(new Launch.Refusal(Launch.USAGE, 2));
    assertThat(launch("--myelin.app=")).isEqualTo(new Launch.Refusal(Launch.USAGE, 2));
    assertThat(launch("--server.port=80")).isEqualTo(new Launch.Refusal(Launch.USAGE, 2));
    assertThat(Launch.USAGE).doesNotContain("\n").contains("--myelin.app=APP.jar");
  }

  @Test
  void launchWhenInAPodNeedsNoApplicationAndNoFolder() {
    var launched = launch("--myelin.mode=kubernetes");

    assertThat(launched)
        .isInstanceOfSatisfying(
            Launch.CorePod.class,
            pod ->
                assertThat(pod.properties())
                    .containsEntry("myelin.hosts", Launch.CORE_SERVICES)
                    .doesNotContainKeys("myelin.cluster.folder", "myelin.mode"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"--help", "-h"})
  void launchWhenAskedForHelpSucceeds(String argument) {
    assertThat(launch(argument)).isEqualTo(new Launch.Refusal(Launch.USAGE, 0));
  }

  @ParameterizedTest
  @ValueSource(strings = {"absent.jar", ".", "nul\0.jar"})
  void launchWhenTheApplicationIsNotAFileSaysWhichInOneSentence(String name) {
    assertThat(launch("--myelin.app=" + name))
        .isInstanceOfSatisfying(
            Launch.Refusal.class,
            refusal -> {
              assertThat(refusal.status()).isEqualTo(2);
              assertThat(refusal.text()).contains("'" + name + "'").doesNotContain("\n");
            });
  }

  @Test
  void launchWhenTheEnvironmentNamesTheApplicationTakesIt() {
    assertThat(Launch.of(new String[0], jar.toString(), temporary))
        .isInstanceOfSatisfying(
            Launch.Cluster.class, cluster -> assertThat(cluster.app()).isEqualTo(jar));
  }

  @Test
  void folderWhenNotNamedIsTheSameForTheSameJarHoweverItIsWritten() throws Exception {
    var elsewhere = Files.createDirectories(temporary.resolve("elsewhere"));
    var other = Files.createFile(elsewhere.resolve("shop.jar"));

    var first = folder(launch("--myelin.app=" + jar));

    assertThat(folder(launch("--myelin.app=" + elsewhere.resolve("../shop.jar")))).isEqualTo(first);
    assertThat(folder(launch("--myelin.app=" + other))).isNotEqualTo(first);
    assertThat(first.getFileName().toString()).matches("shop-[0-9a-f]{8}");
    assertThat(first).startsWithRaw(temporary);
  }

  @Test
  void folderWhenNamedIsTaken() {
    var launch = launch("--myelin.app=" + jar, "--myelin.cluster.folder=some/where");

    assertThat(folder(launch)).isEqualTo(Path.of("some/where"));
  }

  @Test
  void propertiesWhenDefaultedMakeThisProcessTheCore() {
    assertThat(new Launch.Cluster(jar, temporary, false).properties())
        .containsEntry("myelin.mode", "process")
        .containsEntry(
            "myelin.hosts",
            "myelin-orchestrator,myelin-stethoscope,myelin-pubsub,myelin-topics,myelin-gateway")
        .containsEntry("myelin.cluster.folder", temporary.toString())
        .doesNotContainKeys("server.port", "myelin.app");
  }

  private static Path folder(Launch launch) {
    assertThat(launch).isInstanceOf(Launch.Cluster.class);
    return ((Launch.Cluster) launch).folder();
  }
}
