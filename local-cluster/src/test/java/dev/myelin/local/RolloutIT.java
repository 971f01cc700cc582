package dev.myelin.local;

import static dev.myelin.local.LocalClusterProcess.serving;
import static org.assertj.core.api.Assertions.assertThat;

import dev.myelin.local.LocalClusterProcess.Setup;
import dev.myelin.wire.ApplicationView;
import dev.myelin.wire.ApplicationView.Phase;
import dev.myelin.wire.ApplicationView.RolloutView;
import dev.myelin.wire.ClusterView;
import dev.myelin.wire.ClusterView.InstanceView;
import dev.myelin.wire.json.WireJson;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// One version takes another's place under load, or does not, and what is said of it.
@Timeout(600)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class RolloutIT {

  private static final String COUNTER = "prime-counter";
  private static final String PRIMES = "/-/applications/primes";
  private static final JsonMapper JSON = new JsonMapper();

  @TempDir private static Path folder;
  private static LocalClusterProcess cluster;

  @BeforeAll
  static void start() throws Exception {
    cluster =
        new Setup(SampleJars.primes(), folder.resolve("cluster"))
            .withArgument("myelin.services.prime-counter.min-instances", 2)
            .withArgument("myelin.services.prime-counter.max-instances", 2)
            .withArgument("myelin.services.sleeper.min-instances", 0)
            .withArgument("myelin.services.sleeper.external", true)
            .withArgument("myelin.core.scaling.idle", "4s")
            // whoever leaves waits for busy callers, which are to acknowledge it
            .withArgument("myelin.core.retirement.acknowledge-timeout", "1m")
            .start();
    cluster.awaitView(
        "two counters and a front",
        view -> serving(view, COUNTER).size() == 2 && serving(view, "front").size() == 1);
  }

  @AfterAll
  static void stop() {
    cluster.close();
  }

  private static SteadyLoad load() {
    return new SteadyLoad(
        4, "1229", () -> cluster.post("/prime-counter/count", "{\"from\":0,\"to\":10000}"));
  }

  private static JarVariant variant(String properties) throws IOException {
    return new JarVariant(SampleJars.primes())
        .withListener(DyingListener.class)
        .withProperties(properties);
  }

  private static int roll(Path jar) throws IOException {
    return cluster
        .post(PRIMES, JSON.writeValueAsString(Map.of("jar", jar.toString())))
        .statusCode();
  }

  private static RolloutView rollout() throws IOException {
    return lastRollout().orElseThrow();
  }

  /// The rollout that was begun last: one that was asked for begins with the orchestrator's next
  /// look.
  private static Optional<RolloutView> lastRollout() throws IOException {
    var view = WireJson.read(cluster.get(PRIMES).body(), ApplicationView.class);
    return Optional.ofNullable(view.rollout());
  }

  private static void await(String version, Phase phase) {
    Awaitility.await(version + " " + phase)
        .atMost(Duration.ofMinutes(4))
        .pollInterval(Duration.ofMillis(250))
        .until(() ->
            lastRollout()
                .filter(last -> last.to().version().equals(version) && last.phase() == phase)
                .isPresent());
  }

  /// What became of the calls of counters that left.
  private static List<JsonNode> certificates() throws IOException {
    return JSON.readTree(cluster.get("/-/retirements").body())
        .valueStream()
        .filter(each -> each.at("/subject/service").asString().equals(COUNTER))
        .toList();
  }

  private static boolean leaving(JsonNode certificate) {
    return certificate.at("/end/endedAt").isNull();
  }

  private static List<InstanceView> sleepers(ClusterView view) {
    return view.services().getOrDefault("sleeper", List.of());
  }

  private static List<String> versions(ClusterView view, String service) {
    return serving(view, service).stream().map(InstanceView::version).toList();
  }

  @Test
  @Order(1)
  void serviceThatNobodyCalledStartsWithTheFirstCallAndEndsWhenIdle() throws Exception {
    assertThat(sleepers(cluster.view().orElseThrow())).isEmpty();

    var answer = cluster.post("/sleeper/sleep", "[\"PT0.01S\"]");

    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    // its caller may know of it before the orchestrator has looked
    cluster.awaitView("a sleeper", view -> serving(view, "sleeper").size() == 1);
    cluster.awaitView("no sleeper", view -> sleepers(view).isEmpty());
    var decisions = cluster.get("/-/decisions").body();
    assertThat(decisions).contains("called, and has no instance", "not called for 4.0 s");
  }

  @Test
  @Order(2)
  void versionWhenReplacedUnderLoadCostsNoCall() throws Exception {
    var jar = variant("some.property=1\n").writeTo(folder.resolve("second.jar"));
    try (var load = load()) {
      load.awaitMade(10);

      assertThat(roll(jar)).isEqualTo(202);
      await("v2", Phase.ROLLING);
      assertThat(roll(jar)).isEqualTo(409);
      await("v2", Phase.COMPLETED);

      assertThat(load.failures()).isEmpty();
    }
    var view = cluster.view().orElseThrow();
    assertThat(versions(view, COUNTER)).containsExactly("v2", "v2");
    assertThat(versions(view, "front")).containsExactly("v2");
    assertThat(rollout().to().build()).isNotEqualTo(rollout().from().build());
  }

  @Test
  @Order(3)
  void instancesThatLeftHaveCertificates() throws Exception {
    // written when they are buried, which may be after the end of the rollout
    Awaitility.await()
        .atMost(Duration.ofMinutes(1))
        .until(() -> certificates(), each -> each.stream().noneMatch(RolloutIT::leaving));

    assertThat(certificates())
        .hasSize(2)
        .allSatisfy(each -> {
          assertThat(each.get("certificate").asString()).startsWith("0 lost of ");
          assertThat(each.get("reason").asString()).isEqualTo("replaced by v2");
          assertThat(each.at("/notice/acknowledgedAt").isNull()).isFalse();
          assertThat(each.at("/report/callers/connected").asInt()).isPositive();
          assertThat(each.at("/end/how").asString()).contains("exit code 0");
        });
  }

  @Test
  @Order(4)
  void versionThatDiesIsRolledBackUnderLoadAndCostsNoCall() throws Exception {
    var jar =
        variant("dying.stage=before-register\ndying.service=prime-counter\n")
            .writeTo(folder.resolve("third.jar"));
    try (var load = load()) {
      load.awaitMade(10);

      assertThat(roll(jar)).isEqualTo(202);
      await("v3", Phase.ROLLED_BACK);

      assertThat(load.failures()).isEmpty();
    }
    assertThat(rollout().reason()).contains("3 starts of 'prime-counter' failed at v3");
    assertThat(versions(cluster.view().orElseThrow(), COUNTER)).containsExactly("v2", "v2");
  }

  @Test
  @Order(5)
  void versionWhoseCallsFailIsRolledBack() throws Exception {
    var jar =
        variant("dying.stage=failing\ndying.service=prime-counter\ndying.bean=primeCounter\n")
            .writeTo(folder.resolve("fourth.jar"));
    try (var load = load()) {
      load.awaitMade(10);

      assertThat(roll(jar)).isEqualTo(202);
      await("v4", Phase.ROLLED_BACK);

      assertThat(load.failures()).allMatch(failure -> failure.contains("this build fails"));
    }
    assertThat(rollout().reason()).contains("calls of 'prime-counter' failed at the new version");
    assertThat(versions(cluster.view().orElseThrow(), COUNTER)).containsExactly("v2", "v2");
  }

  @Test
  @Order(6)
  void otherApplicationIsRefused() throws Exception {
    var other =
        new JarVariant(SampleJars.primes())
            .withProperties("spring.application.name=bank\n")
            .writeTo(folder.resolve("bank.jar"));

    assertThat(roll(other)).isEqualTo(400);
    assertThat(roll(folder.resolve("none.jar"))).isEqualTo(400);
    assertThat(cluster.get("/-/applications/bank").statusCode()).isEqualTo(404);
  }
}
