package dev.myelin.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.myelin.local.LocalClusterProcess.Setup;
import dev.myelin.wire.InstanceState;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The same calls in one process and in many have the same outcomes.
@Timeout(600)
class ShapesIT {

  @TempDir private Path folder;

  private static Map<String, JsonNode> outcomes(String json) {
    var outcomes = new TreeMap<String, JsonNode>();
    new JsonMapper().readTree(json).forEachEntry(outcomes::put);
    return outcomes;
  }

  private Map<String, JsonNode> inOneProcess() throws Exception {
    int port = LocalClusterProcess.freePort();
    var process =
        new ProcessBuilder(
                SampleJars.java(),
                "-Xmx192m",
                "-XX:+UseSerialGC",
                "-jar",
                SampleJars.shapes().toString(),
                "--server.address=127.0.0.1",
                "--server.port=" + port)
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("in-process.txt").toFile())
            .start();
    try (var client = HttpClient.newHttpClient()) {
      var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/shapes"));
      var response =
          await()
              .atMost(Duration.ofMinutes(2))
              .ignoreExceptionsInstanceOf(IOException.class)
              .until(
                  () -> client.send(request.build(), BodyHandlers.ofString()),
                  each -> each.statusCode() == 200);
      return outcomes(response.body());
    } finally {
      process.destroyForcibly().waitFor();
    }
  }

  @Test
  void callsWhenMadeInOneProcessAndInManyHaveTheSameOutcomes() throws Exception {
    var local = inOneProcess();
    try (var cluster = new Setup(SampleJars.shapes(), folder.resolve("cluster")).start()) {
      cluster.awaitView(
          "a front and every instance serving",
          view ->
              !LocalClusterProcess.serving(view, "front").isEmpty()
                  && view.services().entrySet().stream()
                      .filter(each -> !each.getKey().startsWith("myelin-"))
                      .noneMatch(each -> each.getValue().isEmpty())
                  && view.services().values().stream()
                      .flatMap(List::stream)
                      .allMatch(each -> each.state() == InstanceState.SERVING));

      var remote = outcomes(cluster.get("/shapes").body());

      assertThat(local).hasSizeGreaterThan(10);
      assertThat(remote.keySet()).isEqualTo(local.keySet());
      assertThat(remote)
          .allSatisfy((name, outcome) -> assertThat(outcome).as(name).isEqualTo(local.get(name)));
    }
  }
}
