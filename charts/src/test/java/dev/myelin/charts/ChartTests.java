package dev.myelin.charts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

final class ChartTests {

  private static final Pattern IMAGE = Pattern.compile("image: *\"?([^\"\\s]+)");

  record Rendering(String name, String manifests) {
    @Override
    public String toString() {
      return name;
    }
  }

  static List<Chart> charts() {
    return Chart.all();
  }

  static Stream<Rendering> renderings() {
    return Chart.all().stream()
        .flatMap(chart -> chart.renderings().entrySet().stream())
        .map(each -> new Rendering(each.getKey(), each.getValue()));
  }

  @ParameterizedTest
  @MethodSource("charts")
  void lintsStrictly(Chart chart) {
    var result = chart.helm().lint().strict().call();

    assertThat(result.isFailed()).as("%s", result.getMessages()).isFalse();
  }

  @ParameterizedTest
  @MethodSource("charts")
  void hasValuesForEveryKindOfCluster(Chart chart) {
    assertThat(chart.valuesFiles())
        .extracting(file -> file.getFileName().toString())
        .containsExactly("aws.yaml", "azure.yaml", "google.yaml", "openshift.yaml", "plain.yaml");
  }

  @ParameterizedTest
  @MethodSource("renderings")
  void makesWhatTheApiKnows(Rendering rendering) {
    var manifests = Manifests.of(rendering.manifests());

    assertThat(manifests.unknownFields()).isEmpty();
    assertThat(manifests.resources()).hasSizeGreaterThan(8);
  }

  @ParameterizedTest
  @MethodSource("renderings")
  void namesEveryResourceOnceAndInItsNamespace(Rendering rendering) {
    var resources = Manifests.of(rendering.manifests()).resources();

    assertThat(resources)
        .extracting(each -> each.getKind() + " " + each.getMetadata().getName())
        .doesNotHaveDuplicates();
    assertThat(resources)
        .allSatisfy(each ->
            assertThat(each.getMetadata().getLabels())
                .containsKeys("app.kubernetes.io/name", "app.kubernetes.io/instance"));
  }

  @ParameterizedTest
  @MethodSource("renderings")
  void runsEveryContainerOfItsOwnImagesWithoutPrivileges(Rendering rendering) {
    assertThat(Manifests.of(rendering.manifests()).ownPods())
        .isNotEmpty()
        .allSatisfy(pod -> {
          assertThat(pod.getSecurityContext().getRunAsNonRoot()).isTrue();
          assertThat(pod.getSecurityContext().getRunAsUser()).isNull();
          assertThat(pod.getContainers())
              .allSatisfy(container -> {
                var security = container.getSecurityContext();
                assertThat(security.getReadOnlyRootFilesystem()).isTrue();
                assertThat(security.getAllowPrivilegeEscalation()).isFalse();
                assertThat(security.getCapabilities().getDrop()).containsExactly("ALL");
                assertThat(container.getResources().getRequests()).containsKeys("cpu", "memory");
              });
        });
  }

  @ParameterizedTest
  @MethodSource("renderings")
  void namesNoRegistry(Rendering rendering) {
    assertThat(IMAGE.matcher(rendering.manifests()).results().map(found -> found.group(1)))
        .isNotEmpty()
        .allSatisfy(
            image -> assertThat(image.split("/", 2)[0].split(":", 2)[0]).doesNotContain("."));
  }

  @ParameterizedTest
  @CsvSource({
    "myelin, core.replicas, 0, minimum",
    "myelin, core.replicas, two, integer",
    "myelin, core.replica, 2, replica",
    "myelin, gateway.service.type, Ingress, ClusterIP",
    "myelin, gateway.route.termination, none, edge",
    "myelin, image.pullPolicy, always, IfNotPresent",
    "myelin, nats.servers[0], localhost:4222, pattern",
    "myelin, gateway.expose[0], ingress, HTTPRoute",
    "application, front.replicas, -1, minimum",
    "application, image.repository, Shop, pattern",
    "application, core.address, myelin-core, pattern",
    "application, services.Price_List.maxInstances, 3, pattern",
    "application, services.price-list.maxInstance, 3, maxInstance",
    "application, services.price-list.scaling, hpa, internal",
    "application, services.price-list.expose.host, prices.example.com, ingress",
    "application, services.price-list.expose.ingress.class, nginx, class",
    "application, services.price-list.expose.route.termination, passthrough, reencrypt",
    "application, services.price-list.expose.httpRoute.parentRefs, none, array",
    "application, front.autoscaling.cpuPercent, 0, minimum",
  })
  void refusesValuesThatAreWrong(String chart, String value, String wrong, String said) {
    var under = Chart.all().stream().filter(each -> each.name().equals(chart)).findFirst();

    assertThatThrownBy(() -> under.orElseThrow().render(Map.of(value, wrong)))
        .hasMessageContaining("values don't meet the specifications of the schema")
        .hasMessageContaining(said);
  }

  @Test
  void asksForTheImageOfTheApplication() {
    assertThatThrownBy(() -> new Chart("application", Map.of()).render(Map.of()))
        .hasMessageContaining("image.repository must name the application's image");
  }

  @Test
  void everyDefaultIsKnownToTheSchema() throws IOException {
    for (var chart : Chart.all()) {
      var schema = Yaml.object(Files.readString(chart.folder().resolve("values.schema.json")));
      var values = Yaml.object(Files.readString(chart.folder().resolve("values.yaml")));

      assertThat(Yaml.children(schema, "properties").keySet())
          .containsAll(values.keySet())
          .hasSize(values.size() + 1); // and global, which is Helm's
    }
  }

  @Test
  void tellsTheCloudsApart() {
    var openshift = Chart.MYELIN.render(Chart.MYELIN.folder().resolve("values/openshift.yaml"));
    var google = Chart.MYELIN.render(Chart.MYELIN.folder().resolve("values/google.yaml"));

    assertThat(kinds(openshift)).contains("Route").doesNotContain("Ingress", "HTTPRoute");
    assertThat(kinds(google)).contains("HTTPRoute").doesNotContain("Ingress", "Route");
  }

  @Test
  void addsACorePodForEachSoManyNodes() {
    var plain = Chart.MYELIN.render(Chart.MYELIN.folder().resolve("values/plain.yaml"));

    assertThat(Manifests.of(plain).resources())
        .filteredOn(Deployment.class::isInstance)
        .extracting(each -> ((Deployment) each).getSpec().getReplicas())
        .containsExactly(2 + Chart.NODES / 20);
  }

  private static List<String> kinds(String manifests) {
    return Manifests.of(manifests).resources().stream().map(HasMetadata::getKind).toList();
  }
}
