package dev.myelin.orchestrator.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.myelin.orchestrator.deploy.CoreCommand.Code;
import dev.myelin.orchestrator.deploy.CoreCommand.Told;
import dev.myelin.wire.InstanceId;
import dev.myelin.wire.Role;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class CoreCommandTests {

  private static final SpawnOrder ORDER =
      new SpawnOrder(new InstanceId("myelin-core-3f9a"), Role.CORE, List.of(), 4);
  private static final Told TOLD =
      new Told(
          List.of("--server.port=8080", "--myelin.instance-id=first", "--shop.name=a b", "plain"),
          Map.of("server.port", "0", "myelin.core.member", "true"));

  private static CoreCommand command(Code code, JarStart start) {
    return new CoreCommand(Path.of("java"), List.of("-Xmx256m"), code, TOLD, start);
  }

  @Test
  void commandRepeatsTheArgumentsButForThoseThatEveryOrderSets() {
    var command = command(new Code.Jar(Path.of("cluster.jar")), JarStart.PLAIN);

    assertThat(command.of(ORDER))
        .containsExactly(
            "java",
            "-Xmx256m",
            "-jar",
            "cluster.jar",
            "--shop.name=a b",
            "plain",
            "--myelin.core.member=true",
            "--server.port=0",
            "--myelin.instance-id=myelin-core-3f9a");
  }

  @Test
  void jarIsStartedAsItsCachesSayAndTheyAreToldOfItsEnd() {
    var ended = new ArrayList<String>();
    var caches =
        new JarStart() {
          @Override
          public List<String> of(Path jar) {
            return List.of("-XX:AOTCache=a", "-jar", "copy-of-" + jar);
          }

          @Override
          public void ended(Path jar, Exit exit) {
            ended.add(jar + " " + exit.code());
          }
        };
    var command = command(new Code.Jar(Path.of("cluster.jar")), caches);

    assertThat(command.of(ORDER))
        .startsWith("java", "-Xmx256m", "-XX:AOTCache=a", "-jar", "copy-of-cluster.jar");
    command.ended(ORDER, new Exit(139));
    assertThat(ended).containsExactly("cluster.jar 139");
  }

  @Test
  void classIsStartedFromItsClassPath() {
    var command = command(new Code.MainClass("classes:lib/b.jar", "shop.Main"), JarStart.PLAIN);

    assertThat(command.of(ORDER))
        .startsWith("java", "-Xmx256m", "-cp", "classes:lib/b.jar", "shop.Main");
    command.ended(ORDER, new Exit(139));
  }

  @Test
  void otherOptionsWinOverTheArgumentsAndOverThoseOfEveryOrder() {
    assertThat(TOLD.arguments("x", Map.of("shop.name", "c", "myelin.core.member", "no")))
        .containsExactly(
            "plain",
            "--myelin.core.member=no",
            "--server.port=0",
            "--shop.name=c",
            "--myelin.instance-id=x");
  }

  @Test
  void startedByAJarIsStartedByThatJar() {
    assertThat(
            CoreCommand.started(
                "/some where/a.jar", "/some where/a.jar --myelin.app=x", Optional.empty()))
        .isEqualTo(new Code.Jar(Path.of("/some where/a.jar")));
    assertThat(CoreCommand.started("a.jar", "a.jar", Optional.empty()))
        .isEqualTo(new Code.Jar(Path.of("a.jar")));
  }

  @Test
  void startedByACopyOfAJarIsStartedByTheJarItself() {
    assertThat(CoreCommand.started("aot/1/a.jar", "aot/1/a.jar --x=y", Optional.of("/a.jar")))
        .isEqualTo(new Code.Jar(Path.of("/a.jar")));
    assertThat(
            CoreCommand.options(
                List.of(
                    "-Xmx256m",
                    "-XX:AOTCache=c.aot",
                    "-Dmyelin.build-hash=12345678",
                    "-Dmyelin.jar-origin=/a.jar")))
        .containsExactly("-XX:+ExitOnOutOfMemoryError", "-Xmx256m");
  }

  @Test
  void cacheOfTheUsersOwnStays() {
    assertThat(CoreCommand.options(List.of("-XX:AOTCache=own.aot")))
        .containsExactly("-XX:+ExitOnOutOfMemoryError", "-XX:AOTCache=own.aot");
  }

  @Test
  void startedByAClassIsStartedByThatClass() {
    assertThat(CoreCommand.started("classes:lib/b.jar", "shop.Main --x=y", Optional.empty()))
        .isEqualTo(new Code.MainClass("classes:lib/b.jar", "shop.Main"));
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
    var command =
        CoreCommand.likeThisProcess(new Told(List.of(), Map.of()), JarStart.PLAIN).of(ORDER);

    assertThat(command.getFirst()).isEqualTo(JavaCommand.runningJava().toString());
    assertThat(command).noneMatch(option -> option.startsWith("-agentlib:jdwp"));
  }
}
