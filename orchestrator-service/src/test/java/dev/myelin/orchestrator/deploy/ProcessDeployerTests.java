package dev.myelin.orchestrator.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.myelin.orchestrator.time.Time;
import dev.myelin.wire.InstanceId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ProcessDeployerTests extends DeployerContractTests {

  // Waits for a file with the exit code; ended by a signal like any process
  private static final String WAIT_FOR_CODE =
      "while [ ! -f code ]; do sleep 0.05; done; exit $(cat code)";

  @TempDir
  @SuppressWarnings("NullAway.Init") // JUnit sets it
  private Path folder;

  @Override
  protected ProcessDeployer deployer() {
    return running("cd '%s' && %s".formatted(folder, WAIT_FOR_CODE));
  }

  private ProcessDeployer running(String script) {
    return running(script, ProcessVariables.NONE);
  }

  private ProcessDeployer running(String script, ProcessVariables variables) {
    return new ProcessDeployer(_ -> List.of("sh", "-c", script), variables, folder, Time.system());
  }

  @Override
  protected void end(Spawned spawned, int code) {
    try {
      var draft = Files.writeString(folder.resolve("draft"), Integer.toString(code));
      Files.move(draft, folder.resolve("code"));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void outputOfBothKindsIsInTheLogFile() throws Exception {
    var spawned = running("echo out; echo err >&2").spawn(order("printer-1"));
    exitOf(spawned);

    assertThat(folder.resolve("printer-1.log")).hasContent("out\nerr");
  }

  @Test
  void inputIsEmpty() throws Exception {
    var spawned = running("cat; echo end").spawn(order("reader-1"));

    assertThat(exitOf(spawned)).isEqualTo(new Exit(0));
    assertThat(folder.resolve("reader-1.log")).hasContent("end");
  }

  @Test
  void variablesAreInTheEnvironmentAndTheirValuesNotOnTheCommandLine() throws Exception {
    var variables = new ProcessVariables(Map.of("KEY_PASSWORD", "geheim"));
    var spawned =
        running("cat /proc/$$/cmdline; echo; echo $KEY_PASSWORD", variables)
            .spawn(order("teller-1"));
    exitOf(spawned);

    assertThat(Files.readString(folder.resolve("teller-1.log")).lines().toList())
        .hasSize(2)
        .last()
        .isEqualTo("geheim");
    assertThat(Files.readString(folder.resolve("teller-1.log")).lines().findFirst())
        .hasValueSatisfying(line -> assertThat(line).doesNotContain("geheim"));
    assertThat(variables.toString()).contains("KEY_PASSWORD").doesNotContain("geheim");
  }

  @Test
  void commandSeesTheOrder() throws Exception {
    var deployer =
        new ProcessDeployer(
            order -> List.of("echo", order.id() + " " + order.services()),
            ProcessVariables.NONE,
            folder,
            Time.system());

    exitOf(deployer.spawn(order("echo-1")));

    assertThat(folder.resolve("echo-1.log")).hasContent("echo-1 [sleeper]");
  }

  @Test
  void killEndsAStoppedProcess() throws Exception {
    var spawned = running("sleep 60").spawn(order("hung-1"));
    var stop = new ProcessBuilder("kill", "-STOP", Long.toString(spawned.process().pid())).start();
    assertThat(stop.waitFor()).isZero();
    assertThat(deployer().isAlive(spawned.process())).isTrue();

    deployer().kill(spawned.process());

    assertThat(exitOf(spawned).code()).isEqualTo(137);
  }

  @Test
  void processIsTheLeaderOfASessionOfItsOwn() throws Exception {
    assumeThat(ProcessDeployer.prefix("setsid", System.getenv("PATH"))).isNotEmpty();
    assumeThat(Path.of("/proc/self/stat")).exists();

    var spawned = running("sleep 60").spawn(order("sleeper-1"));
    long pid = spawned.process().pid();
    await(() -> session(pid) == pid);
    deployer().kill(spawned.process());
    exitOf(spawned);
  }

  private static long session(long pid) {
    var stat = told(pid, "stat");
    return Long.parseLong(stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1)[3]);
  }

  private static String command(long pid) {
    return told(pid, "comm").strip();
  }

  private static String told(long pid, String file) {
    try {
      return Files.readString(Path.of("/proc", Long.toString(pid), file));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void prefixIsEmptyWhereTheSystemHasNoSuchProgram() {
    assertThat(ProcessDeployer.prefix("setsid", folder + ":")).isEmpty();
  }

  @Test
  void processThatNobodyReapsIsNotAlive() throws Exception {
    assumeThat(Path.of("/proc/self/stat")).exists();
    // The shell becomes a program that never asks for its child's exit code
    var parent =
        running("(cd '%s' && %s) & echo $!; exec sleep 60".formatted(folder, WAIT_FOR_CODE))
            .spawn(order("parent-1"));
    await(() -> command(parent.process().pid()).equals("sleep"));
    long pid = Long.parseLong(Files.readString(folder.resolve("parent-1.log")).strip());
    var child = new ProcessKey(pid, parent.process().startedAt());
    assertThat(deployer().isAlive(child)).isTrue();

    end(parent, 0);
    await(() -> !deployer().isAlive(child));

    assertThat(Path.of("/proc", Long.toString(pid))).exists();
    deployer().kill(parent.process());
    exitOf(parent);
  }

  @Test
  void processOutlivesTheJvmThatSpawnedItAndGoesOnPrinting() throws Exception {
    var jvm =
        new ProcessBuilder(
                JavaCommand.runningJava().toString(),
                "-Xmx64m",
                "-cp",
                System.getProperty("java.class.path"),
                SpawningMain.class.getName(),
                folder.toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    var line = Objects.requireNonNull(jvm.inputReader().readLine()).split(" ", -1);
    var key = new ProcessKey(Long.parseLong(line[0]), Instant.parse(line[1]));

    jvm.destroyForcibly().waitFor();

    long printed = folder.resolve("ticker.log").toFile().length();
    await(() -> folder.resolve("ticker.log").toFile().length() > printed + 20);
    var adopted = deployer().adopt(new InstanceId("ticker"), key).orElseThrow();
    deployer().kill(adopted.process());
    assertThat(exitOf(adopted)).isEqualTo(new Exit(null));
  }

  private static void await(BooleanSupplier condition) throws InterruptedException {
    long end = System.nanoTime() + Duration.ofSeconds(15).toNanos();
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).as("condition within 15 s").isLessThan(end);
      TimeUnit.MILLISECONDS.sleep(20);
    }
  }
}
