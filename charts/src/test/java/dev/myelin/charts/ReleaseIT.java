package dev.myelin.charts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.marcnuri.helm.DryRun;
import dev.myelin.orchestrator.kubernetes.release.ReleaseJob;
import dev.myelin.orchestrator.kubernetes.release.ReleaseJob.Task;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What a real API makes of the charts and of the resources of a release, without a pod.
@Tag("kubernetes")
final class ReleaseIT {

  private static final String VALUES = "defaults: {image: 'shop:1'}";
  private static final Duration LIMIT = Duration.ofMinutes(1);

  private static Cluster cluster;

  @TempDir Path folder;

  @BeforeAll
  static void knowsMicroservices() throws IOException {
    cluster = Cluster.open("release");
    cluster.define(Chart.MYELIN.folder().resolve("crds/microservices.yaml"));
  }

  @AfterAll
  static void leavesTheCluster() {
    cluster.close();
  }

  static List<Chart> charts() {
    return Chart.all();
  }

  @ParameterizedTest
  @MethodSource("charts")
  void theApiTakesTheManifests(Chart chart) {
    var install = chart.helm().install().withName("dry").withNamespace(cluster.namespace());
    chart.required().forEach(install::set);

    var release =
        install.withKubeConfig(cluster.kubeconfig()).withDryRunOption(DryRun.SERVER).call();

    assertThat(release.getName()).isEqualTo("dry");
  }

  @ParameterizedTest
  @ValueSource(strings = {"aws.yaml", "azure.yaml"})
  void theApiTakesTheManifestsOfClouds(String file) {
    var install = Chart.MYELIN.helm().install().withName("dry").withNamespace(cluster.namespace());

    var release =
        install
            .withValuesFile(Chart.MYELIN.folder().resolve("values").resolve(file))
            .withKubeConfig(cluster.kubeconfig())
            .withDryRunOption(DryRun.SERVER)
            .call();

    assertThat(release.getName()).isEqualTo("dry");
  }

  @Test
  void writesEachServiceOnceAndRemovesWhatIsNoMore() throws IOException {
    var owner = owner("shop");
    assertThat(run("shop", VALUES, "prices", "tax")).contains("microservice/tax written");
    assertThat(names()).contains("prices", "tax");

    assertThat(run("shop", VALUES, "prices"))
        .contains("microservice/tax deleted: the application has it no more");
    assertThat(names()).contains("prices").doesNotContain("tax");

    delete(owner);
    await().atMost(LIMIT).untilAsserted(() -> assertThat(names()).doesNotContain("prices"));
  }

  @Test
  void leavesTheServicesOfAnotherReleaseAlone() throws IOException {
    var first = owner("first");
    var second = owner("second");
    run("first", VALUES, "mine");

    assertThat(run("second", VALUES, "yours", "mine"))
        .contains("'mine' is there already and belongs to ConfigMap first");
    assertThat(names()).contains("mine").doesNotContain("yours");

    delete(first);
    delete(second);
  }

  @Test
  void saysWhatTheApiRefuses() throws IOException {
    var owner = owner("wrong");

    assertThat(run("wrong", "defaults: {image: a, concurrency: 0}", "broken"))
        .contains("The services were not written: the API refused")
        .contains("spec.concurrency");

    delete(owner);
  }

  private String run(String owner, String values, String... services) throws IOException {
    var description = Files.writeString(folder.resolve("application.json"), described(services));
    var release = Files.writeString(folder.resolve("release.yaml"), values);
    var out = new ByteArrayOutputStream();
    try (var print = new PrintStream(out, true, StandardCharsets.UTF_8);
        var client = cluster.inItsNamespace()) {
      var _ = new ReleaseJob(client, print).run(new Task(description, release, owner));
    }
    return out.toString(StandardCharsets.UTF_8);
  }

  private static String described(String... services) {
    return List.of(services).stream()
        .map(
            """
            {"name": "%s", "type": "a.B", "operations": [], "attributes": {"external": false,
             "stateful": false, "mode": "SYNC",
             "scaling": {"minInstances": 1, "maxInstances": 1, "highWatermark": 0.8,
                         "lowWatermark": 0.3, "concurrency": 4},
             "placement": {"singleCore": false, "cost": 1.0, "preferredHosts": [],
                           "kind": "DEPLOYMENT", "sidecars": []}}}\
            """
                ::formatted)
        .collect(
            Collectors.joining(
                ",", "{\"application\": \"a\", \"build\": \"1\", \"services\": [", "]}"));
  }

  private static ConfigMap owner(String name) {
    var owner =
        new ConfigMapBuilder()
            .withNewMetadata()
            .withName(name)
            .withLabels(Map.of("app.kubernetes.io/instance", name))
            .endMetadata()
            .build();
    return cluster.client().configMaps().inNamespace(cluster.namespace()).resource(owner).create();
  }

  private static void delete(ConfigMap owner) {
    var _ = cluster.client().resource(owner).delete();
  }

  private static List<String> names() {
    return cluster.microservices().stream().map(each -> each.getMetadata().getName()).toList();
  }
}
