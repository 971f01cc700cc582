package dev.myelin.orchestrator.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.myelin.wire.InstanceId;
import dev.myelin.wire.Role;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

final class JavaCommandTests {

  private static JavaCommand command(String... arguments) {
    return new JavaCommand(
        Path.of("/jdk/bin/java"),
        List.of("-Xmx1g"),
        Path.of("/apps/shop.jar"),
        Path.of("/state"),
        List.of(arguments),
        JarStart.PLAIN);
  }

  @Test
  void instanceHostsItsService() {
    var order =
        new SpawnOrder(
            new InstanceId("price-list-3f9a"), Role.INSTANCE, List.of("price-list", "tax"), 7);

    assertThat(command("--spring.profiles.active=x", "file").of(order))
        .containsExactly(
            "/jdk/bin/java",
            "-Xmx1g",
            "-jar",
            "/apps/shop.jar",
            "--spring.profiles.active=x",
            "file",
            "--myelin.mode=process",
            "--myelin.hosts=price-list,tax",
            "--myelin.instance-id=price-list-3f9a",
            "--myelin.cluster.folder=/state",
            "--server.port=0");
  }

  @Test
  void frontSaysThatItHostsNothing() {
    var order = new SpawnOrder(new InstanceId("front-1"), Role.FRONT, List.of(), 7);

    assertThat(command().of(order)).contains("--myelin.hosts=");
  }

  @Test
  void argumentThatEachOrderSetsIsRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> command("--server.port=80"))
        .withMessageContaining("'--server.port'");
    assertThatIllegalArgumentException().isThrownBy(() -> command("--myelin.hosts"));
  }

  @Test
  void optionNameIsWhatStandsBeforeTheValue() {
    assertThat(JavaCommand.optionName("--a.b=c=d")).contains("a.b");
    assertThat(JavaCommand.optionName("--flag")).contains("flag");
    assertThat(JavaCommand.optionName("file=x")).isEmpty();
  }

  @Test
  void runningJavaIsAProgram() {
    assertThat(Files.isExecutable(JavaCommand.runningJava())).isTrue();
  }
}
