package dev.myelin.orchestrator.aot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.myelin.membership.ClusterFolder;
import dev.myelin.membership.FolderLock;
import dev.myelin.orchestrator.deploy.Exit;
import dev.myelin.orchestrator.deploy.JarStart;
import dev.myelin.orchestrator.deploy.JavaCommand;
import dev.myelin.orchestrator.deploy.ProcessVariables;
import dev.myelin.orchestrator.state.SmallJar;
import dev.myelin.orchestrator.time.ManualTime;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Real JVMs make and use the caches; only the extraction is played, by a script that stands for
/// the jar's own tools.
final class AotCachesTests {

  private static final List<String> OPTIONS = List.of("-Xmx64m", "-XX:+UseSerialGC");

  private final Queue<Runnable> searches = new ArrayDeque<>();
  private final Queue<Runnable> trainings = new ArrayDeque<>();
  private final ManualTime clock = new ManualTime();

  @TempDir
  @SuppressWarnings("NullAway.Init") // JUnit sets it
  private Path folder;

  @SuppressWarnings("NullAway.Init") // set up before each test
  private Path jar;

  @BeforeEach
  void writeJar() throws IOException {
    jar = folder.resolve("shop.jar");
    bootJar("one");
  }

  private void bootJar(String content) throws IOException {
    SmallJar.of(folder.resolve("runnable.jar"), HelloMain.class, content);
    SmallJar.launchedBy(
        jar, "org.springframework.boot.loader.launch.JarLauncher", HelloMain.class, content);
  }

  private Path java() throws IOException {
    var script = folder.resolve("java");
    Files.writeString(
        script,
        """
        #!/bin/sh
        if [ "$1" = -Djarmode=tools ]; then
          mkdir -p "$6" && cp '%s' "$6/shop.jar"
        else
          exec '%s' "$@"
        fi
        """
            .formatted(folder.resolve("runnable.jar"), JavaCommand.runningJava()));
    Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwxr-xr-x"));
    return script;
  }

  private AotCaches caches(Map<String, String> variables) throws IOException {
    var program =
        new AotTraining.Program(
            java(), OPTIONS, new ProcessVariables(variables), Duration.ofMinutes(1));
    var rehearsal = AotTraining.Rehearsal.ofInstance(List.of("--a=b"), () -> List.of("price-list"));
    return new AotCaches(
        new AotTraining(program, rehearsal, folder.resolve("logs/aot.log")),
        entries(),
        searches::add,
        trainings::add,
        clock.time());
  }

  private Path entries() {
    return folder.resolve("aot");
  }

  private AotCaches trained() throws IOException {
    var caches = caches(Map.of());
    caches.of(jar);
    searches.remove().run();
    trainings.remove().run();
    return caches;
  }

  private Path cache() throws IOException {
    try (var found = Files.walk(entries())) {
      return found.filter(file -> file.endsWith("app.aot")).findFirst().orElseThrow();
    }
  }

  /// Runs a jar as an instance would be run, and returns what it prints.
  private String run(List<String> start, String... options) throws Exception {
    var line = new ArrayList<String>(List.of(JavaCommand.runningJava().toString()));
    line.addAll(OPTIONS);
    line.addAll(List.of(options));
    line.addAll(start);
    var process = new ProcessBuilder(line).redirectErrorStream(true).start();
    var printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).as(printed).isZero();
    return printed;
  }

  @Test
  void firstStartsGoWithoutAndLaterOnesWith() throws Exception {
    var caches = caches(Map.of());

    assertThat(caches.of(jar)).isEqualTo(JarStart.PLAIN.of(jar));
    searches.remove().run();
    assertThat(caches.of(jar)).isEqualTo(JarStart.PLAIN.of(jar));
    assertThat(searches).isEmpty();
    trainings.remove().run();

    assertThat(caches.of(jar)).first().asString().isEqualTo("-XX:AOTCache=" + cache());
    // a JVM that is told to insist on its cache ends where that does not fit
    assertThat(run(caches.of(jar), "-XX:AOTMode=on")).matches("hello [0-9a-f]{8}0\\R");
  }

  @Test
  void trainingIsAnInstanceThatEndsOnceItsBeansAreMade() throws Exception {
    trained();

    assertThat(folder.resolve("logs/aot.log")).content().contains("hello").contains("6\n");
    assertThat(entries().resolve("no-cluster")).doesNotExist();
  }

  @Test
  void cacheMadeBeforeIsFound() throws Exception {
    var before = trained();

    var caches = caches(Map.of());
    caches.of(jar);
    searches.remove().run();

    assertThat(caches.of(jar)).isEqualTo(before.of(jar));
    assertThat(trainings).isEmpty();
  }

  @Test
  void processThatStandsByMakesNoCacheUntilItStartsSomething() throws Exception {
    var caches = caches(Map.of());
    caches.lookAhead(jar);
    searches.remove().run();
    assertThat(trainings).isEmpty();

    assertThat(caches.of(jar)).isEqualTo(JarStart.PLAIN.of(jar));
    assertThat(caches.of(jar)).isEqualTo(JarStart.PLAIN.of(jar));

    assertThat(trainings).hasSize(1);
  }

  @Test
  void firstStartOfAProcessThatStoodByHasTheCacheThatAnotherMadeMeanwhile() throws Exception {
    var standby = caches(Map.of());
    standby.lookAhead(jar);
    searches.remove().run();

    var before = trained();

    assertThat(standby.of(jar)).isEqualTo(before.of(jar));
    assertThat(trainings).isEmpty();
  }

  @Test
  void onlyOneProcessMakesACacheAtATime() throws Exception {
    var another = new FolderLock(new ClusterFolder(entries()), "training.lock");
    assertThat(another.tryLock()).isTrue();
    var caches = caches(Map.of());
    caches.of(jar);
    searches.remove().run();
    trainings.remove().run();
    assertThat(entries()).isDirectoryNotContaining("glob:**/shop.jar");

    another.release();
    assertThat(caches.of(jar)).isEqualTo(JarStart.PLAIN.of(jar));
    trainings.remove().run();

    assertThat(caches.of(jar)).first().asString().isEqualTo("-XX:AOTCache=" + cache());
  }

  @Test
  void copyOfTheJarKnowsWhichJarItIsOf() throws Exception {
    assertThat(trained().of(jar)).contains("-Dmyelin.jar-origin=" + jar);
  }

  @Test
  void cacheOfAnotherContentIsNotUsed() throws Exception {
    var caches = trained();

    bootJar("two, and longer");

    assertThat(caches.of(jar)).isEqualTo(JarStart.PLAIN.of(jar));
    searches.remove().run();
    assertThat(trainings).hasSize(1);
  }

  @Test
  void cacheOfOtherOptionsIsNotUsed() throws Exception {
    assertThat(AotKey.of(jar, Path.of("/jdk/bin/java"), OPTIONS))
        .isEqualTo(AotKey.of(jar, Path.of("/jdk/bin/java"), OPTIONS))
        .isNotEqualTo(AotKey.of(jar, Path.of("/jdk/bin/java"), List.of()))
        .isNotEqualTo(AotKey.of(jar, Path.of("/other/bin/java"), OPTIONS));
  }

  @ParameterizedTest
  @ValueSource(strings = {"empty", "garbage", "truncated", "missing"})
  void badCacheNeitherStopsAnInstanceNorStays(String how) throws Exception {
    var caches = trained();
    var cache = cache();
    var content = Files.readAllBytes(cache);
    switch (how) {
      case "empty" -> Files.write(cache, new byte[0]);
      case "garbage" -> Files.writeString(cache, "garbage".repeat(10_000));
      case "truncated" -> Files.write(cache, java.util.Arrays.copyOf(content, content.length / 2));
      default -> Files.delete(cache);
    }

    assertThat(run(caches.of(jar))).contains("hello");

    var next = caches(Map.of());
    next.of(jar);
    searches.remove().run();
    assertThat(next.of(jar)).isEqualTo(JarStart.PLAIN.of(jar));
    trainings.remove().run();
    assertThat(run(next.of(jar), "-XX:AOTMode=on")).contains("hello");
  }

  @Test
  void cacheThatAJvmCrashedWithIsNotUsedAgain() throws Exception {
    var caches = trained();
    caches.ended(jar, new Exit(1));
    assertThat(caches.of(jar)).isNotEqualTo(JarStart.PLAIN.of(jar));

    caches.ended(jar, new Exit(139));

    assertThat(caches.of(jar)).isEqualTo(JarStart.PLAIN.of(jar));
    assertThat(trainings).isEmpty();
    assertThat(entries()).isDirectoryRecursivelyContaining("glob:**/shop.jar");
    assertThat(entries()).isDirectoryNotContaining("glob:**/app.aot");
  }

  @Test
  void trainingThatFailsLeavesTheStartAsItIs() throws Exception {
    var caches = caches(Map.of("HELLO_EXIT", "3"));
    caches.of(jar);
    searches.remove().run();
    trainings.remove().run();

    assertThat(caches.of(jar)).isEqualTo(JarStart.PLAIN.of(jar));
    assertThat(searches).isEmpty();
    assertThat(trainings).isEmpty();
  }

  @Test
  void jarThatIsNotSpringBootsIsRunAsItIs() throws Exception {
    SmallJar.of(jar, HelloMain.class);
    var caches = caches(Map.of());

    caches.of(jar);
    searches.remove().run();

    assertThat(trainings).isEmpty();
    assertThat(caches.of(jar)).isEqualTo(JarStart.PLAIN.of(jar));
    assertThat(caches.of(folder.resolve("none.jar"))).contains("-jar");
  }

  @Test
  void entriesLastUsedStay() throws Exception {
    for (int i = 0; i < 5; i++) {
      clock.advance(Duration.ofMinutes(1));
      var entry = new AotEntry(Files.createDirectories(entries().resolve("k" + i)), "shop.jar");
      Files.createDirectories(entry.app());
      entry.touch(clock.time().now());
    }

    AotEntry.prune(entries());

    assertThat(entries().toFile().list()).containsExactlyInAnyOrder("k2", "k3", "k4");
  }
}
