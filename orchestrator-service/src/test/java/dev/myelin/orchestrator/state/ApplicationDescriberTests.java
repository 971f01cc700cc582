package dev.myelin.orchestrator.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.myelin.membership.ClusterFolder;
import dev.myelin.orchestrator.deploy.JavaCommand;
import dev.myelin.orchestrator.deploy.ProcessVariables;
import dev.myelin.orchestrator.state.ApplicationDescriber.Program;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ApplicationDescriberTests {

  @TempDir
  @SuppressWarnings("NullAway.Init") // JUnit sets it
  private Path root;

  @SuppressWarnings("NullAway.Init") // set up before each test
  private Path jar;

  @SuppressWarnings("NullAway.Init")
  private ClusterFolder folder;

  @BeforeEach
  void createJar() throws Exception {
    jar =
        SmallJar.of(root.resolve("app.jar"), DescribingMain.class, "dev/myelin/Microservice.class");
    folder = new ClusterFolder(root.resolve("cluster"));
  }

  private ApplicationDescriber describer(String... arguments) {
    return describer(Duration.ofSeconds(60), arguments);
  }

  private ApplicationDescriber describer(Duration limit, String... arguments) {
    return new ApplicationDescriber(
        folder,
        new Program(
            JavaCommand.runningJava(),
            List.of("-Xmx64m"),
            jar,
            List.of(arguments),
            ProcessVariables.NONE),
        limit);
  }

  private static UnusableApplicationException failureOf(ApplicationDescriber describer) {
    return catchThrowableOfType(UnusableApplicationException.class, describer::describe);
  }

  @Test
  void applicationDescribesItself() {
    var description = describer().describe();

    assertThat(description.application()).isEqualTo("shop");
    assertThat(description.build()).isEqualTo("b1");
  }

  @Test
  void unchangedJarIsAskedOnce() throws Exception {
    var first = describer().describe();
    Files.delete(folder.logs().resolve("describe.log"));

    assertThat(describer().describe()).isEqualTo(first);
    assertThat(folder.logs().resolve("describe.log")).doesNotExist();

    describer("--other=argument").describe();
    assertThat(folder.logs().resolve("describe.log")).hasContent("asked");
  }

  @Test
  void twoThatAskAtTheSameTimeBothHaveTheAnswer() throws Exception {
    var meeting = "--meet=" + Files.createDirectory(root.resolve("met"));

    try (var askers = Executors.newVirtualThreadPerTaskExecutor()) {
      var one = askers.submit(() -> describer(meeting).describe());
      var two = askers.submit(() -> describer(meeting).describe());

      assertThat(one.get()).isEqualTo(two.get());
    }
  }

  @Test
  void damagedAnswerIsAskedForAgain() throws Exception {
    describer().describe();
    try (var files = Files.newDirectoryStream(folder.root().resolve("descriptions"))) {
      for (var file : files) {
        Files.writeString(file, "{");
      }
    }

    assertThat(describer().describe().application()).isEqualTo("shop");
  }

  @Test
  void failureQuotesTheOutput() {
    assertThat(failureOf(describer("--fail")))
        .hasMessageContaining("ended with exit code 1")
        .hasMessageContaining("no such bean");
  }

  @Test
  void silentApplicationIsSaid() {
    assertThat(failureOf(describer("--silent"))).hasMessageContaining("wrote no description");
  }

  @Test
  void garbageIsSaid() {
    assertThat(failureOf(describer("--garbage"))).hasMessageContaining("cannot be read");
  }

  @Test
  void applicationThatDoesNotEndIsKilled() {
    assertThat(failureOf(describer(Duration.ofSeconds(1), "--hang")))
        .hasMessageContaining("did not end within 1 s");
    for (var child : ProcessHandle.current().children().toList()) {
      if (child.info().commandLine().orElse("").contains("--hang")) {
        assertThat(child.onExit()).succeedsWithin(Duration.ofSeconds(10));
      }
    }
  }

  @Test
  void missingJarIsNotRun() throws Exception {
    Files.delete(jar);

    assertThat(failureOf(describer())).hasMessageContaining("does not exist");
  }
}
