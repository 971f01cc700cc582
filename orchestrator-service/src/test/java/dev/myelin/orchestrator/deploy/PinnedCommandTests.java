package dev.myelin.orchestrator.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.myelin.orchestrator.time.Time;
import dev.myelin.wire.InstanceId;
import dev.myelin.wire.Role;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

@ExtendWith(OutputCaptureExtension.class)
final class PinnedCommandTests {

  private static final CommandLine JVM = _ -> List.of("java", "-jar", "shop.jar");
  private static final String PATH = System.getenv().getOrDefault("PATH", "");

  @TempDir
  @SuppressWarnings("NullAway.Init") // JUnit sets it
  private Path folder;

  private static SpawnOrder order(String id, String... services) {
    return new SpawnOrder(new InstanceId(id), Role.INSTANCE, List.of(services), 1);
  }

  private static PinnedCommand pinned(String path, Cores cores) {
    return new PinnedCommand(JVM, "model"::equals, path, cores);
  }

  @Test
  void coresAreHandedOutInTurn() {
    assumeThat(ProcessDeployer.prefix("taskset", PATH)).isNotEmpty();
    var command = pinned(PATH, new Cores(List.of(2, 5)));

    assertThat(command.of(order("model-1", "model")))
        .endsWith("-c", "2", "java", "-XX:ActiveProcessorCount=1", "-jar", "shop.jar");
    assertThat(command.of(order("model-2", "model"))).contains("5");
    assertThat(command.of(order("model-3", "model"))).contains("2");
  }

  @Test
  void otherServicesAreNotPinned() {
    var command = pinned(PATH, new Cores(List.of(0)));

    assertThat(command.of(order("tax-1", "tax"))).containsExactly("java", "-jar", "shop.jar");
    assertThat(command.of(order("front-1"))).containsExactly("java", "-jar", "shop.jar");
  }

  @Test
  void withoutTasksetTheJvmIsToldAndPeopleOnce(CapturedOutput output) {
    var command = pinned(folder.toString(), new Cores(List.of(0)));

    assertThat(command.of(order("model-1", "model")))
        .containsExactly("java", "-XX:ActiveProcessorCount=1", "-jar", "shop.jar");
    command.of(order("model-2", "model"));

    assertThat(output.getOut().split("There is no 'taskset'", -1)).hasSize(2);
  }

  @Test
  void processRunsOnItsCoreAlone() throws Exception {
    assumeThat(ProcessDeployer.prefix("taskset", PATH)).isNotEmpty();
    int core = Cores.own().numbers().getLast();
    var source =
        Files.writeString(
            folder.resolve("Affinity.java"),
            """
            void main() throws Exception {
              var status = java.nio.file.Files.readString(java.nio.file.Path.of("/proc/self/status"));
              IO.println(status.lines().filter(line -> line.startsWith("Cpus_allowed_list")).findFirst());
              IO.println(Runtime.getRuntime().availableProcessors());
            }
            """);
    var java = JavaCommand.runningJava().toString();
    var deployer =
        new ProcessDeployer(
            new PinnedCommand(
                _ -> List.of(java, "-Xmx128m", source.toString()),
                "model"::equals,
                PATH,
                new Cores(List.of(core))),
            ProcessVariables.NONE,
            folder,
            Time.system());

    var spawned = deployer.spawn(order("model-1", "model"));

    assertThat(spawned.exit().toCompletableFuture().get(60, TimeUnit.SECONDS))
        .isEqualTo(new Exit(0));
    assertThat(folder.resolve("model-1.log"))
        .hasContent("Optional[Cpus_allowed_list:\t%d]\n1".formatted(core));
  }

  @Test
  void listOfCoresIsRead() {
    assertThat(Cores.parse("\t0-2,5,7-8\n").numbers()).containsExactly(0, 1, 2, 5, 7, 8);
    assertThat(Cores.own().numbers()).isNotEmpty();
  }
}
