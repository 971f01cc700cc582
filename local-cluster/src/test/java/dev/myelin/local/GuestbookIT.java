package dev.myelin.local;

import static dev.myelin.local.LocalClusterProcess.serving;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.myelin.local.LocalClusterProcess.Setup;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// An ordinary application (controllers, JPA, a schedule, a runner) with one bean annotated.
@Timeout(600)
class GuestbookIT {

  @TempDir private Path folder;

  private static List<Long> pids(Path log) throws IOException {
    return Files.exists(log)
        ? Files.readAllLines(log).stream().map(Long::valueOf).toList()
        : List.of();
  }

  @Test
  void applicationWhenRunAsAClusterRunsItsRunnerAndScheduleInTheFrontAlone() throws Exception {
    var runner = folder.resolve("runner.txt");
    var schedule = folder.resolve("schedule.txt");
    var service = folder.resolve("service.txt");
    var setup =
        new Setup(SampleJars.guestbook(), folder.resolve("cluster"))
            .withProperty("guestbook.runner-log", runner)
            .withProperty("guestbook.schedule-log", schedule)
            .withProperty("guestbook.service-log", service)
            .withProperty("guestbook.schedule-rate", "200ms")
            // its training would make the service once more, in a process of its own
            .withArgument("myelin.core.aot-cache", false);
    try (var cluster = setup.start()) {
      var view = cluster.awaitSettled(1, "profanity-filter");
      var front = serving(view, "front").getFirst().pid();
      var instance = serving(view, "profanity-filter").getFirst().pid();
      int sofar = pids(schedule).size();
      await().atMost(Duration.ofSeconds(30)).until(() -> pids(schedule).size() >= sofar + 5);

      assertThat(pids(runner)).containsExactly(front);
      assertThat(pids(schedule)).containsOnly(front);
      assertThat(pids(service)).containsExactly(instance);
      assertThat(instance).isNotEqualTo(front);

      var written = cluster.post("/entries", "{\"author\":\"Ann\",\"message\":\"What the heck\"}");
      assertThat(written.statusCode()).isEqualTo(201);
      assertThat(written.body()).contains("What the ****");
      assertThat(cluster.get("/entries").body()).contains("Welcome", "What the ****");
      assertThat(cluster.post("/entries", "{\"author\":\"\",\"message\":\"x\"}").statusCode())
          .isEqualTo(400);
      assertThat(cluster.post("/profanity-filter/clean", "[\"heck\"]").statusCode())
          .as("not external")
          .isEqualTo(404);
    }
  }
}
