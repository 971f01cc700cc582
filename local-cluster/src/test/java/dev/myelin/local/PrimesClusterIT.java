package dev.myelin.local;

import static dev.myelin.local.LocalClusterProcess.serving;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.myelin.local.LocalClusterProcess.Setup;
import dev.myelin.wire.ClusterView;
import dev.myelin.wire.ClusterView.InstanceView;
import dev.myelin.wire.InstanceId;
import dev.myelin.wire.InstanceState;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The main job: one application as a cluster of processes. One cluster serves all tests; the last
/// one ends it.
@Timeout(600)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class PrimesClusterIT {

  private static final String COUNTER = "prime-counter";
  private static final JsonMapper JSON = new JsonMapper();

  @TempDir private static Path folder;
  private static LocalClusterProcess cluster;

  /// The cluster as it was when it had settled before the test.
  private ClusterView settled = Views.EMPTY;

  @BeforeAll
  static void start() throws Exception {
    cluster =
        new Setup(SampleJars.primes(), folder)
            .withArgument("myelin.services.prime-counter.min-instances", 2)
            .start();
  }

  @AfterAll
  static void stop() throws Exception {
    cluster.close();
  }

  @BeforeEach
  void settle() {
    settled =
        cluster.awaitView(
            "two counters, a sleeper and a front, settled",
            view ->
                serving(view, COUNTER).size() == 2
                    && serving(view, "sleeper").size() == 1
                    && serving(view, "front").size() == 1
                    && all(view).allMatch(each -> each.state() == InstanceState.SERVING));
  }

  private static java.util.stream.Stream<InstanceView> all(ClusterView view) {
    return view.services().values().stream().flatMap(List::stream);
  }

  private static Predicate<ClusterView> shows(InstanceId id, InstanceState state) {
    return view -> all(view).anyMatch(each -> each.id().equals(id) && each.state() == state);
  }

  private static Predicate<ClusterView> lacks(InstanceId id) {
    return view -> all(view).noneMatch(each -> each.id().equals(id));
  }

  private static Predicate<ClusterView> servingCounters(int count) {
    return view -> serving(view, COUNTER).size() == count;
  }

  private static JsonNode json(HttpResponse<String> response) {
    return JSON.readTree(response.body());
  }

  private static SteadyLoad steadyLoad(int atATime) {
    return new SteadyLoad(
        atATime, "9592", () -> cluster.post("/prime-counter/count", "{\"from\":0,\"to\":100000}"));
  }

  @Test
  @Order(1)
  void countWhenCalledThroughTheGatewayIsRight() throws Exception {
    assertThat(cluster.post("/prime-counter/count", "{\"from\":0,\"to\":1000}").body())
        .isEqualTo("168");
    assertThat(cluster.post("/prime-counter/count", "[0, 1000000]").body()).isEqualTo("78498");
  }

  @Test
  @Order(2)
  void countWhenItsArgumentsAreRefusedNamesTheException() throws Exception {
    var response = cluster.post("/prime-counter/count", "{\"from\":5,\"to\":1}");

    assertThat(response.statusCode()).isEqualTo(500);
    assertThat(json(response).get("remoteType").asString())
        .isEqualTo(IllegalArgumentException.class.getName());
    assertThat(json(response).get("execution").asString()).isEqualTo("ran");
  }

  @Test
  @Order(3)
  void serviceWhenNotExternalIsNotCalledFromOutside() throws Exception {
    assertThat(cluster.post("/sleeper/sleep", "[\"PT0.1S\"]").statusCode()).isEqualTo(404);
  }

  @Test
  @Order(4)
  void countWhenBegunAtTheFrontIsSplitAndRight() throws Exception {
    var begun = cluster.post("/primes?below=1000000", "");
    assertThat(begun.statusCode()).isEqualTo(202);
    var location = begun.headers().firstValue("Location").orElseThrow();

    await()
        .atMost(Duration.ofMinutes(2))
        .until(() -> json(cluster.get(location)).get("done").asBoolean());

    var progress = json(cluster.get(location));
    assertThat(progress.get("failed").asBoolean()).isFalse();
    assertThat(progress.get("primes").asLong()).isEqualTo(78_498);
    assertThat(progress.get("chunks").asInt()).isGreaterThan(1);
  }

  @Test
  @Order(5)
  void pageWhenAskedForComesFromTheFront() throws Exception {
    var page = cluster.get("/");

    assertThat(page.statusCode()).isEqualTo(200);
    assertThat(page.body()).containsIgnoringCase("<!doctype html>");
  }

  @Test
  @Order(6)
  void processesWhenShownAreOnePerInstance() {
    var pids =
        settled.services().entrySet().stream()
            .filter(service -> !service.getKey().startsWith("myelin-"))
            .flatMap(service -> service.getValue().stream())
            .map(InstanceView::pid)
            .toList();
    assertThat(pids).hasSize(4).doesNotHaveDuplicates().doesNotContain(cluster.pid());
    assertThat(serving(settled, "myelin-orchestrator"))
        .extracting(InstanceView::pid)
        .containsExactly(cluster.pid());
  }

  @Test
  @Order(7)
  void instanceWhenKilledIsReplacedAndNoCallFails() throws Exception {
    var victim = serving(settled, COUNTER).getFirst();
    try (var load = steadyLoad(4)) {
      load.awaitMade(10);

      SeenProcesses.signal("KILL", victim.pid());
      cluster.awaitView(
          "two counters without the killed one",
          lacks(victim.id()).and(view -> serving(view, COUNTER).size() >= 2));
      load.awaitMade(load.made() + 10);

      assertThat(load.failures()).isEmpty();
    }
  }

  @Test
  @Order(8)
  void instanceWhenHungIsQuarantinedThenReplacedAndNoCallFails() throws Exception {
    var victim = serving(settled, COUNTER).getFirst();
    try (var load = steadyLoad(2)) {
      load.awaitMade(10);

      SeenProcesses.signal("STOP", victim.pid());
      cluster.awaitView(
          "the hung one in quarantine", shows(victim.id(), InstanceState.QUARANTINED));
      cluster.awaitView(
          "two counters without the hung one",
          lacks(victim.id()).and(view -> serving(view, COUNTER).size() >= 2));

      assertThat(load.failures()).isEmpty();
    }
  }

  @Test
  @Order(9)
  void serviceWhenUnderLoadGrowsAndShrinksAfterwards() {
    try (var load = steadyLoad(12)) {
      cluster.awaitView("a third counter", servingCounters(3));

      assertThat(load.failures()).isEmpty();
    }
    cluster.awaitView("two counters again", servingCounters(2));
  }

  @Test
  @Order(10)
  void stateChangesWhenNotOnATerminalAreOneLineEach() {
    var front = serving(settled, "front").getFirst();

    assertThat(cluster.console().lines().filter(line -> line.contains(front.id().value())))
        // it may be seen before it has a process
        .anyMatch(line -> line.matches(" *\\d+\\.\\ds  \\S+ +starting( .*)?"))
        .anyMatch(line -> line.matches(" *\\d+\\.\\ds  \\S+ +serving .* pid " + front.pid()));
    assertThat(cluster.console()).contains("  ready  http://localhost:");
  }

  @Test
  @Order(11)
  void clusterWhenTerminatedEndsEveryProcess() throws Exception {
    cluster.terminate();

    cluster.awaitNothingLeft(Duration.ofSeconds(10));
    assertThat(cluster.console()).contains("  stopping").contains("  stopped");
  }
}
