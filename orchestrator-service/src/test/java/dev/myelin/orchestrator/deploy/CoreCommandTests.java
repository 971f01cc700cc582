package dev.myelin.orchestrator.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.myelin.wire.InstanceId;
import dev.myelin.wire.Role;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class CoreCommandTests {

  private static final SpawnOrder ORDER =
      new SpawnOrder(new InstanceId("myelin-core-3f9a"), Role.CORE, List.of(), 4);

  @Test
  void commandRepeatsTheArgumentsButForThoseThatEveryOrderSets() {
    var command =
        new CoreCommand(
            List.of("java", "-jar", "cluster.jar"),
            List.of("--server.port=8080", "--myelin.instance-id=first", "--shop.name=a b", "plain"),
            Map.of("server.port", "0", "myelin.core.member", "true"));

    assertThat(command.of(ORDER))
        .containsExactly(
            "java",
            "-jar",
            "cluster.jar",
            "--shop.name=a b",
            "plain",
            "--myelin.core.member=true",
            "--server.port=0",
            "--myelin.instance-id=myelin-core-3f9a");
  }

  @Test
  void startedByAJarIsStartedByThatJar() {
    assertThat(CoreCommand.started("/some where/a.jar", "/some where/a.jar --myelin.app=x"))
        .containsExactly("-jar", "/some where/a.jar");
    assertThat(CoreCommand.started("a.jar", "a.jar")).containsExactly("-jar", "a.jar");
  }

  @Test
  void startedByAClassIsStartedByThatClass() {
    assertThat(CoreCommand.started("classes:lib/b.jar", "shop.Main --x=y"))
        .containsExactly("-cp", "classes:lib/b.jar", "shop.Main");
  }

  @Test
  void processThatRunsOutOfMemoryEndsUnlessTheFirstOneWasToldOtherwise() {
    assertThat(CoreCommand.options(List.of("-Xmx256m", "-agentlib:jdwp=server=y")))
        .containsExactly("-XX:+ExitOnOutOfMemoryError", "-Xmx256m");
    assertThat(CoreCommand.options(List.of("-XX:+ExitOnOutOfMemoryError")))
        .containsExactly("-XX:+ExitOnOutOfMemoryError");
    assertThat(CoreCommand.options(List.of("-XX:-ExitOnOutOfMemoryError")))
        .containsExactly("-XX:+ExitOnOutOfMemoryError", "-XX:-ExitOnOutOfMemoryError");
  }

  @Test
  void processLikeThisOneHasItsJavaAndOptions() {
    var command = CoreCommand.likeThisProcess(List.of(), Map.of()).of(ORDER);

    assertThat(command.getFirst()).isEqualTo(JavaCommand.runningJava().toString());
    assertThat(command).noneMatch(option -> option.startsWith("-agentlib:jdwp"));
  }
}
