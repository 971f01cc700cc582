package dev.myelin.local;

import static dev.myelin.local.LocalClusterProcess.serving;
import static org.assertj.core.api.Assertions.assertThat;

import dev.myelin.local.LocalClusterProcess.Setup;
import dev.myelin.wire.ClusterView.InstanceView;
import dev.myelin.wire.StartFailure;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// An instance that dies at each stage of its start-up is tried again, less and less often, and
/// whoever looks at the cluster is told why.
@Timeout(600)
class StartUpDeathIT {

  private static final String COUNTER = "prime-counter";

  @TempDir private Path folder;

  @ParameterizedTest
  @CsvSource({
    "before-bind, died in its start-up",
    "after-bind, died in its start-up",
    "before-register, died in its start-up",
    "first-call, after it had served for"
  })
  void instanceThatDiesIsTriedAgainAndExplained(String stage, String what) throws Exception {
    var jar =
        new JarVariant(SampleJars.primes())
            .withListener(DyingListener.class)
            .withProperties(
                """
                dying.stage=%s
                dying.service=prime-counter
                dying.bean=primeCounter
                dying.seen=%s
                """
                    .formatted(stage, Files.createDirectory(folder.resolve("seen"))))
            .writeTo(folder.resolve("dying.jar"));
    try (var cluster = new Setup(jar, folder.resolve("cluster")).start()) {
      if (stage.equals("first-call")) {
        cluster.awaitView("a counter", view -> !serving(view, COUNTER).isEmpty());
        Thread.startVirtualThread(() -> callUntilAnswered(cluster));
      }

      var view =
          cluster.awaitView(
              "a third start that waits",
              seen -> {
                serving(seen, COUNTER).forEach(this::noteSeen);
                return seen.failures().stream().anyMatch(StartUpDeathIT::third);
              });

      assertThat(view.failures()).extracting(StartFailure::service).containsExactly(COUNTER);
      var failure = view.failures().getFirst();
      assertThat(failure.version()).isEqualTo("v1");
      assertThat(failure.what()).contains(what);
      assertThat(failure.lines()).contains("dying " + stage);
      assertThat(cluster.console())
          .contains("next start at once", "next start in 1 s", "dying " + stage);
      cluster.awaitView("a sleeper", seen -> !serving(seen, "sleeper").isEmpty());
    }
  }

  // the next one after a while may have failed too by the time of the look
  private static boolean third(StartFailure failure) {
    return failure.what().contains("next start in ") && !failure.what().endsWith(" in 1 s");
  }

  private void noteSeen(InstanceView counter) {
    try {
      Files.writeString(folder.resolve("seen").resolve(counter.id().value()), "");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void callUntilAnswered(LocalClusterProcess cluster) {
    try {
      while (cluster.post("/prime-counter/count", "[0, 100]").statusCode() != 200) {
        Thread.sleep(Duration.ofMillis(200));
      }
    } catch (IOException e) {
      // the cluster has ended
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
