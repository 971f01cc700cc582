package dev.myelin.orchestrator.docker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.github.dockerjava.api.exception.ConflictException;
import com.github.dockerjava.api.exception.NotFoundException;
import dev.myelin.orchestrator.deploy.Cores;
import dev.myelin.orchestrator.deploy.DeployerContractTests;
import dev.myelin.orchestrator.deploy.Exit;
import dev.myelin.orchestrator.deploy.ProcessKey;
import dev.myelin.orchestrator.deploy.ProcessVariables;
import dev.myelin.orchestrator.deploy.SpawnOrder;
import dev.myelin.orchestrator.deploy.Spawned;
import dev.myelin.orchestrator.state.SmallJar;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/// Containers of a real Docker daemon.
final class DockerDeployerIT extends DeployerContractTests {

  private static final String BASE = "myelin-test-base";
  private static final String WAIT_FOR_CODE =
      "while [ ! -f code ]; do sleep 0.05; done; exit $(cat code)";

  @TempDir(cleanup = CleanupMode.NEVER)
  @SuppressWarnings("NullAway.Init") // JUnit sets it
  private static Path state;

  @SuppressWarnings("NullAway.Init") // set before all tests
  private static DockerDaemon daemon;

  private final List<DockerDeployer> deployers = new ArrayList<>();

  @TempDir
  @SuppressWarnings("NullAway.Init") // JUnit sets it
  private Path folder;

  @BeforeAll
  static void startDaemon() throws Exception {
    daemon = DockerDaemon.find(state);
    daemon.buildOfPrograms(
        BASE, Files.createDirectories(state.resolve("base")), "sh", "sleep", "cat", "ls", "id");
  }

  @AfterAll
  static void stopDaemon() throws Exception {
    daemon.close();
  }

  @AfterEach
  void removeContainers() {
    daemon
        .client()
        .listContainersCmd()
        .withShowAll(true)
        .withLabelFilter(Map.of("dev.myelin.cluster", folder.toString()))
        .exec()
        .forEach(container -> remove(container.getId()));
  }

  private static void remove(String container) {
    try {
      daemon.client().removeContainerCmd(container).withForce(true).exec();
    } catch (NotFoundException | ConflictException _) {
      // its deployer has noticed that it ended, and removes it as well
    }
  }

  @Override
  protected DockerDeployer deployer() {
    if (deployers.isEmpty()) {
      deployers.add(running(waiting("")));
    }
    return deployers.getFirst();
  }

  private String waiting(String before) {
    return "%s cd '%s'; : > ordered; %s".formatted(before, folder, WAIT_FOR_CODE);
  }

  // The first program in a container ignores signals until it has begun to pass them on
  @Override
  protected void awaitOrdered() throws InterruptedException {
    while (!Files.exists(folder.resolve("ordered"))) {
      TimeUnit.MILLISECONDS.sleep(20);
    }
  }

  private DockerDeployer running(String script) {
    return running(script, BASE, new ContainerShare(0, 0, false));
  }

  private DockerDeployer running(String script, String image, ContainerShare share) {
    return new DockerDeployer(
        daemon.client(),
        () -> image,
        _ -> List.of("sh", "-c", script),
        new DockerDeployer.Setting(
            folder,
            folder.resolve("logs"),
            new ProcessVariables(Map.of("KEY_PASSWORD", "geheim")),
            (SpawnOrder _) -> share,
            Cores.own()));
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

  private String log(String id) throws IOException {
    return Files.readString(folder.resolve("logs").resolve(id + ".log"));
  }

  @Test
  void outputOfBothKindsIsInTheLogFile() throws Exception {
    var spawned = running("echo out; echo err >&2; echo $KEY_PASSWORD").spawn(order("printer-1"));

    assertThat(exitOf(spawned)).isEqualTo(new Exit(0));
    assertThat(log("printer-1")).isEqualTo("out\nerr\ngeheim\n");
  }

  @Test
  void endedContainerIsRemoved() throws Exception {
    var spawned = running("exit 0").spawn(order("short-1"));
    exitOf(spawned);

    assertThat(
            daemon
                .client()
                .listContainersCmd()
                .withShowAll(true)
                .withLabelFilter(Map.of("dev.myelin.cluster", folder.toString()))
                .exec())
        .isEmpty();
  }

  @Test
  void containerWithoutARecordIsFoundByItsLabelAfterATakeover() throws Exception {
    var spawned = deployer().spawn(order("sleeper-1"));
    var next = running("exit 1");

    // what a member says of itself: the pid it has in its container, and about when it started
    var said = new ProcessKey(1, spawned.process().startedAt().plusSeconds(1));
    var adopted = next.adopt(spawned.id(), said).orElseThrow();
    assertThat(adopted.process()).isEqualTo(spawned.process());
    assertThat(next.isAlive(adopted.process())).isTrue();
    end(spawned, 5);

    assertThat(exitOf(adopted).text()).startsWith("ended");
    assertThat(next.isAlive(adopted.process())).isFalse();
  }

  @Test
  void shareOfTheMachineIsLimited() throws Exception {
    int core = Cores.own().numbers().getFirst();
    var spawned =
        running(
                // a container is gone soon after its end
                waiting("while read line; do echo $line; done < /proc/self/status;"),
                BASE,
                new ContainerShare(96L << 20, 0, true))
            .spawn(order("small-1"));
    var limits =
        daemon
            .client()
            .inspectContainerCmd(String.valueOf(spawned.process().container()))
            .exec()
            .getHostConfig();

    assertThat(limits.getMemory()).isEqualTo(96L << 20);
    end(spawned, 0);
    exitOf(spawned);
    assertThat(log("small-1")).containsPattern("Cpus_allowed_list:\\s" + core + "\n");
  }

  @Test
  void containerRunsAsTheOwnerOfTheFolder() throws Exception {
    var spawned = running("id -u").spawn(order("user-1"));
    exitOf(spawned);

    assertThat(log("user-1").strip())
        .isEqualTo(String.valueOf(Files.getAttribute(folder, "unix:uid")));
  }

  @Test
  void imageIsBuiltOnceForAJar() throws Exception {
    var jar = SmallJar.of(folder.resolve("My Shop.jar"), DockerDeployerIT.class);
    var image = new ApplicationImage(daemon.client(), jar, BASE);
    var name = image.get();
    var built = daemon.client().inspectImageCmd(name).exec().getId();

    assertThat(name).matches("myelin/my-shop:[0-9a-f]{8}-[0-9a-f]{8}");
    assertThat(new ApplicationImage(daemon.client(), jar, BASE).get()).isEqualTo(name);
    assertThat(daemon.client().inspectImageCmd(name).exec().getId()).isEqualTo(built);
    var spawned =
        running("ls " + ApplicationImage.JAR, name, new ContainerShare(0, 1, false))
            .spawn(order("lister-1"));
    exitOf(spawned);
    assertThat(log("lister-1").strip()).isEqualTo(ApplicationImage.JAR.toString());
  }

  @Test
  void imageOnABaseThatIsNotThereSaysWhatToDo() throws Exception {
    var jar = SmallJar.of(folder.resolve("shop.jar"), DockerDeployerIT.class);

    assertThatExceptionOfType(UncheckedIOException.class)
        .isThrownBy(() -> new ApplicationImage(daemon.client(), jar, "localhost:1/none:1").get())
        .withMessageContaining("shop.jar")
        .withMessageContaining("localhost:1/none:1")
        .withMessageContaining("myelin.core.docker.base");
  }

  @Test
  void containerThatCannotBeStartedIsNamed() {
    assertThatExceptionOfType(UncheckedIOException.class)
        .isThrownBy(() ->
            running("true", "myelin-none:1", new ContainerShare(0, 0, false))
                .spawn(order("none-1")))
        .withMessageContaining("'none-1'")
        .withMessageContaining("myelin-none:1");
  }
}
