package dev.myelin.charts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.marcnuri.helm.Helm;
import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;

/// From nothing to an application that scales and survives, and back to nothing, in a real cluster.
///
/// One story in steps, each of which needs those before it.
@Tag("kubernetes")
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
final class ClusterIT {

  private static final String SERVICE = "prime-counter";
  private static final String GATE = "myelin.dev/in-service";
  private static final Duration START = Duration.ofMinutes(4);
  private static final Duration OUTAGE = Duration.ofMinutes(1);
  private static final Duration ABSENCE = Duration.ofSeconds(30);

  /// Small ones, for two cores.
  private static final Map<String, Object> CORE =
      Map.of(
          "image.repository", "myelin-core",
          "image.tag", "it",
          "core.jvmOptions", "-Xmx192m -XX:+UseSerialGC -XX:TieredStopAtLevel=1",
          "core.resources.requests.cpu", "50m",
          "core.resources.requests.memory", "256Mi");

  /// What the version before this one did not have.
  private static final Map<String, Object> TUNNELS = Map.of("gateway.tunnel.enabled", true);

  private static final Map<String, Object> PRIMES =
      Map.of(
          "image.repository", "primes",
          "image.tag", "it",
          "core.image.tag", "it",
          "jvmOptions", "-Xmx128m -XX:+UseSerialGC -XX:TieredStopAtLevel=1",
          "front.replicas", "2",
          "front.resources.requests.cpu", "50m",
          "front.resources.requests.memory", "192Mi",
          "describe.resources.requests.cpu", "50m",
          "services.prime-counter.maxInstances", "2",
          "services.prime-counter.resources.requests.cpu", "50m");

  private static Cluster cluster;
  private static List<String> before;
  private static long installed;

  @BeforeAll
  @Timeout(value = 10, unit = TimeUnit.MINUTES)
  static void makesTheImages() throws IOException, InterruptedException {
    cluster = Cluster.open("charts");
    Images.build(
        "myelin-core:it",
        "local-cluster/target/local-cluster.jar",
        "--myelin.mode=kubernetes --myelin.core.address=localhost:7070 --myelin.kubernetes.namespace=training");
    Images.build(
        "primes:it",
        "sample-apps/primes/target/primes.jar",
        "--myelin.mode=process --myelin.hosts=* --myelin.cluster.folder=/tmp/no-cluster");
    cluster.secret("myelin-tunnel", Map.of("token", "a-token-of-this-test"));
    before = cluster.everything();
  }

  @AfterAll
  static void leavesTheCluster() {
    var left = cluster;
    for (var release : List.of("primes", "myelin")) {
      var _ =
          Helm.uninstall(release)
              .withNamespace(cluster.namespace())
              .withKubeConfig(left.kubeconfig())
              .ignoreNotFound()
              .call();
    }
    left.close();
  }

  @Test
  @Order(1)
  void installsTheCoreOfTheVersionBefore() {
    installed = System.nanoTime();
    var install =
        Chart.MYELIN.previous().install().withName("myelin").withNamespace(cluster.namespace());
    CORE.forEach(install::set);
    var _ = install.withKubeConfig(cluster.kubeconfig()).waitReady().withTimeout(240).call();

    assertThat(cluster.ready("core")).hasSize(2);
  }

  @Test
  @Order(2)
  void installsTheApplicationThatCountsPrimes() {
    var install =
        Chart.APPLICATION
            .previous()
            .install()
            .withName("primes")
            .withNamespace(cluster.namespace());
    PRIMES.forEach(install::set);
    var _ = install.withKubeConfig(cluster.kubeconfig()).waitReady().withTimeout(280).call();

    assertThat(cluster.microservices())
        .extracting(each -> each.getMetadata().getName())
        .containsExactlyInAnyOrder(SERVICE, "sleeper");
    await().atMost(START).until(() -> cluster.status(SERVICE, "ready") > 0);
    assertThat(count(1_000)).isEqualTo("168");
    System.out.printf(
        "from the first `helm install` to the first answered call: %.1f s%n",
        (System.nanoTime() - installed) / 1e9);
  }

  @Test
  @Order(3)
  void losesNoCallWhenCoreAndApplicationAreUpgraded() throws IOException {
    try (var load = new Load(2, () -> primesByFront(1_000));
        var single = new Load(1, ClusterIT::sleepByFront)) {
      cluster.define(Chart.MYELIN.folder().resolve("crds/microservices.yaml"));
      upgrade("myelin", Chart.MYELIN, with(CORE, TUNNELS), "core.podAnnotations.upgrade");
      say("core upgraded", load);

      upgrade("primes", Chart.APPLICATION, PRIMES, "config.upgrade");
      await().atMost(START).until(this::complete);
      say("application upgraded", load);
      say("… calls that may not be repeated", single);
      assertThat(load.failed()).isEmpty();
      assertThat(single.failed()).isEmpty();
    }
  }

  @Test
  @Order(4)
  void passesTheTestsOfItsCharts() {
    for (var release : List.of("myelin", "primes")) {
      var _ =
          Helm.test(release)
              .withNamespace(cluster.namespace())
              .withKubeConfig(cluster.kubeconfig())
              .withTimeout(120)
              .call();
    }

    // one that fails stays
    assertThat(cluster.startedPods()).contains("myelin-test-gateway", "primes-test-front");
    assertThat(cluster.pods("test")).isEmpty();
  }

  @Test
  @Order(5)
  void answersAProcessOutsideThatHasAKubeconfig() {
    try (var laptop =
        new SpringApplicationBuilder(Laptop.class)
            .web(WebApplicationType.NONE)
            .run(
                "--spring.application.name=laptop",
                "--myelin.mode=kubernetes",
                "--myelin.hosts=pair-counter",
                "--myelin.kubernetes.config=" + cluster.kubeconfig(),
                "--myelin.kubernetes.namespace=" + cluster.namespace())) {
      assertThat(laptop.getBean(Laptop.PairCounter.class).below(1_000)).isEqualTo(168 * 167 / 2);
    }
  }

  @Test
  @Order(6)
  void scalesUpUnderLoadAndDownAfter() {
    try (var load = new Load(6, () -> count(3_000_000))) {
      await().atMost(START).until(() -> cluster.status(SERVICE, "ready") == 2);
      say("scaled up", load);
      assertThat(load.failed()).isEmpty();
    }

    await().atMost(START).until(() -> cluster.status(SERVICE, "desired") == 1);
    await().atMost(START).until(() -> cluster.status(SERVICE, "ready") == 1);
  }

  @Test
  @Order(7)
  @EnabledIfEnvironmentVariable(
      named = StoppedProcess.API_SERVER,
      matches = "\\d+",
      disabledReason = "the cluster's pods are not processes of this machine")
  void replacesAnInstanceThatHangsAndLosesNoCall() throws Exception {
    cluster.set(SERVICE, "minInstances", 2);
    await().atMost(START).until(() -> cluster.instances(SERVICE).size() == 2);
    var hung = cluster.instances(SERVICE).getFirst();
    try (var load = new Load(2, () -> primesByFront(1_000));
        var _ = StoppedProcess.instance(cluster.namespace(), hung)) {
      // by the gate, so that those who know nothing of Myelin send it nothing either
      await().atMost(START).until(() -> cluster.condition(hung, GATE).equals("False"));
      await()
          .atMost(START)
          .until(() -> !cluster.pods().contains(hung) && cluster.instances(SERVICE).size() == 2);
      say("an instance hung", load);
      assertThat(load.failed()).isEmpty();
    }
    cluster.set(SERVICE, "minInstances", 1);
    await().atMost(START).until(this::complete);
  }

  @Test
  @Order(8)
  void losesNoCallWhenAnInstanceAndTheLeaderAreKilled() {
    try (var load = new Load(2, () -> primesByFront(1_000))) {
      cluster.kill(cluster.instances(SERVICE).getFirst());
      var leader = cluster.leader().orElseThrow();
      long killed = System.nanoTime();
      cluster.kill(leader);
      await()
          .atMost(START)
          .until(() -> cluster.leader().filter(it -> !it.equals(leader)).isPresent());
      var led = Duration.ofNanos(System.nanoTime() - killed);
      await().atMost(START).until(this::complete);
      System.out.printf(
          "another leads after %.1f s, as many pods as before after %.1f s%n",
          led.toMillis() / 1e3, (System.nanoTime() - killed) / 1e9);
      say("an instance and the leader killed", load);
      assertThat(load.failed()).isEmpty();
    }
  }

  @Test
  @Order(9)
  void losesNoCallWhenEveryPodIsEvicted() {
    try (var load = new Load(2, () -> primesByFront(1_000));
        var single = new Load(1, ClusterIT::sleepByFront)) {
      for (var pod : cluster.pods()) {
        await().atMost(START).until(() -> cluster.evict(pod));
        await().atMost(START).until(this::complete);
      }
      say("every pod evicted", load);
      say("… calls that may not be repeated", single);
      assertThat(load.failed()).isEmpty();
      assertThat(single.failed()).isEmpty();
    }
  }

  @Test
  @Order(10)
  void losesNoCallWhileNoCoreProcessIsThere() throws InterruptedException {
    var front = cluster.address("primes-front");
    try (var load = new Load(2, () -> Http.get(front + "/primes?below=1000"));
        var single = new Load(1, () -> Http.get(front + "/sleep?millis=100"))) {
      cluster.scale("myelin-core", 0);
      await().atMost(START).until(() -> cluster.gone("core"));
      load.goOnFor(ABSENCE);
      cluster.scale("myelin-core", 2);
      await().atMost(START).until(this::complete);
      say("no core process for %d s".formatted(ABSENCE.toSeconds()), load);
      say("… calls that may not be repeated", single);
      assertThat(load.failed()).isEmpty();
      assertThat(single.failed()).isEmpty();
    }
  }

  @Test
  @Order(11)
  @EnabledIfEnvironmentVariable(
      named = StoppedProcess.API_SERVER,
      matches = "\\d+",
      disabledReason = "the cluster's API server is not a process of this machine")
  void losesNoCallWhileTheApiServerIsStopped() throws Exception {
    var front = cluster.address("primes-front");
    try (var load = new Load(2, () -> Http.get(front + "/primes?below=1000"));
        var single = new Load(1, () -> Http.get(front + "/sleep?millis=100"))) {
      try (var _ = StoppedProcess.apiServer()) {
        load.goOnFor(OUTAGE);
      }
      say("the API server stopped for %d s".formatted(OUTAGE.toSeconds()), load);
      say("… calls that may not be repeated", single);
      assertThat(load.failed()).isEmpty();
      assertThat(single.failed()).isEmpty();
    }

    cluster.set(SERVICE, "minInstances", 2);
    await().atMost(START).ignoreExceptions().until(() -> cluster.status(SERVICE, "ready") == 2);
  }

  @Test
  @Order(12)
  void leavesNothingBehind() {
    for (var release : List.of("primes", "myelin")) {
      var _ =
          Helm.uninstall(release)
              .withNamespace(cluster.namespace())
              .withKubeConfig(cluster.kubeconfig())
              .call();
    }

    await()
        .atMost(START)
        .untilAsserted(() -> assertThat(cluster.everything()).containsExactlyElementsOf(before));
  }

  private static Map<String, Object> with(Map<String, Object> values, Map<String, Object> further) {
    var all = new LinkedHashMap<>(values);
    all.putAll(further);
    return all;
  }

  private static String count(int below) {
    return cluster.ask(
        "myelin-gateway", "POST", "/prime-counter/count", Map.of("from", 0, "to", below));
  }

  private static String primesByFront(int below) {
    return cluster.ask("primes-front", "GET", "/primes?below=" + below, null);
  }

  private static String sleepByFront() {
    return cluster.ask("primes-front", "GET", "/sleep?millis=100", null);
  }

  private static void upgrade(
      String release, Chart chart, Map<String, Object> values, String changed) {
    var upgrade = chart.helm().upgrade().withName(release).withNamespace(cluster.namespace());
    values.forEach(upgrade::set);
    upgrade.set(changed, "second").withKubeConfig(cluster.kubeconfig());
    var _ = upgrade.waitReady().withTimeout(280).call();
  }

  /// Whether as many pods serve as are meant to, and none of them leaves.
  private boolean complete() {
    return cluster.ready("core").size() == 2
        && cluster.ready("front").size() == 2
        && List.of(SERVICE, "sleeper").stream()
            .allMatch(each ->
                cluster.instances(each).size() == 1 && cluster.status(each, "desired") == 1);
  }

  private static void say(String step, Load load) {
    System.out.printf(
        "%s: calls made %d, failed %d %s%n",
        step,
        load.made(),
        load.failed().size(),
        load.failed().stream().distinct().limit(3).toList());
  }
}
