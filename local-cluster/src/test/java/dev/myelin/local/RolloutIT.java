package dev.myelin.local;

import static dev.myelin.local.LocalClusterProcess.serving;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

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
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
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
    var view = WireJson.read(cluster.get(PRIMES).body(), ApplicationView.class);
    return Objects.requireNonNull(view.rollout());
  }

  private static void awaitEnd(String version, Phase phase) {
    await(version + " " + phase)
        .atMost(Duration.ofMinutes(4))
        .pollInterval(Duration.ofMillis(250))
        .until(() -> rollout().to().version().equals(version) && rollout().phase() == phase);
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
    assertThat(serving(cluster.view().orElseThrow(), "sleeper")).hasSize(1);
    cluster.awaitView("no sleeper", view -> sleepers(view).isEmpty());
    var decisions = cluster.get("/-/decisions").body();
    assertThat(decisions).contains("called, and has no instance", "not called for 4.0 s");
  }

  @Test
  @Order(2)
  void versionWhenReplacedUnderLoadCostsNoCall() throws Exception {
    var jar = variant("some.property=1\n").writeTo(folder.resolve("second.jar"));
    try (var load = load()) {
      await().until(() -> load.made() > 10);

      assertThat(roll(jar)).isEqualTo(202);
      await().until(() -> rollout().phase() == Phase.ROLLING);
      assertThat(roll(jar)).isEqualTo(409);
      awaitEnd("v2", Phase.COMPLETED);

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
    var certificates = JSON.readTree(cluster.get("/-/retirements").body());

    assertThat(certificates)
        .filteredOn(each -> each.at("/subject/service").asString().equals(COUNTER))
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
      await().until(() -> load.made() > 10);

      assertThat(roll(jar)).isEqualTo(202);
      awaitEnd("v3", Phase.ROLLED_BACK);

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
      await().until(() -> load.made() > 10);

      assertThat(roll(jar)).isEqualTo(202);
      awaitEnd("v4", Phase.ROLLED_BACK);

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
