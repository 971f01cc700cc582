package dev.myelin.orchestrator.kubernetes.release;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.myelin.CallMode;
import dev.myelin.Kind;
import dev.myelin.orchestrator.kubernetes.resource.Microservice;
import dev.myelin.orchestrator.kubernetes.resource.MicroserviceSpec;
import dev.myelin.wire.ApplicationDescription;
import dev.myelin.wire.ApplicationDescription.Attributes;
import dev.myelin.wire.ApplicationDescription.Operation;
import dev.myelin.wire.ApplicationDescription.Placement;
import dev.myelin.wire.ApplicationDescription.Rules;
import dev.myelin.wire.ApplicationDescription.Scaling;
import dev.myelin.wire.ApplicationDescription.Service;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ServiceManifestsTests {

  private static final KubernetesSerialization MAPPER = new KubernetesSerialization();

  private static final HasMetadata OWNER =
      new ConfigMapBuilder()
          .withNewMetadata()
          .withName("shop")
          .withUid("1-2-3")
          .withLabels(Map.of(ServiceManifests.RELEASE, "shop"))
          .endMetadata()
          .build();

  private static final ApplicationDescription SHOP =
      new ApplicationDescription(
          "shop", "1", List.of(service("price-list", List.of()), service("tax", List.of("proxy"))));

  private static final String VALUES =
      """
      defaults:
        image: shop:1
        env: [{name: A, value: all}, {name: B, value: all}]
        podTemplate: {metadata: {annotations: {hash: x}}}
      services:
        price-list:
          maxInstances: 9
          env: [{name: B, value: one}]
          podTemplate: {metadata: {labels: {team: prices}}}
      sidecars:
        proxy: {image: "proxy:2"}
      """;

  private static Service service(String name, List<String> sidecars) {
    return new Service(
        name,
        "shop." + name,
        new Attributes(
            true,
            false,
            CallMode.SYNC,
            new Scaling(1, 3, 0.8, 0.25, 2),
            new Placement(false, 1.5, List.of("fast"), Kind.DEPLOYMENT, sidecars)),
        List.of(
            operation("quick", Duration.ofMillis(500)), operation("slow", Duration.ofMinutes(2))));
  }

  private static Operation operation(String name, Duration timeout) {
    return new Operation(name, name + "()", List.of(), "int", new Rules(true, timeout), null);
  }

  private static Release release(Path folder, String text) throws IOException {
    return Release.read(Files.writeString(folder.resolve("release.yaml"), text));
  }

  private static MicroserviceSpec spec(ServiceManifests manifests, String service) {
    return manifests.all().stream()
        .filter(each -> each.getMetadata().getName().equals(service))
        .map(each -> MAPPER.unmarshal(MAPPER.asJson(each), Microservice.class))
        .findFirst()
        .orElseThrow()
        .getSpec();
  }

  @Test
  void saysWhatTheAnnotationSays(@TempDir Path folder) throws IOException {
    var spec = spec(new ServiceManifests(SHOP, release(folder, VALUES), OWNER), "tax");

    assertThat(spec.application()).isEqualTo("shop");
    assertThat(spec.behaviour().external()).isTrue();
    assertThat(spec.behaviour().limits()).isEqualTo(new Scaling(1, 3, 0.8, 0.25, 2));
    assertThat(spec.behaviour().limit()).isEqualTo(Duration.ofMinutes(2));
    assertThat(spec.placement().cost()).isEqualTo(1.5);
    assertThat(spec.placement().preferred()).containsExactly("fast");
  }

  @Test
  void laysTheValuesOfTheServiceOverThoseOfAll(@TempDir Path folder) throws IOException {
    var spec = spec(new ServiceManifests(SHOP, release(folder, VALUES), OWNER), "price-list");

    assertThat(spec.program().image()).isEqualTo("shop:1");
    assertThat(spec.behaviour().maxInstances()).isEqualTo(9);
    assertThat(spec.program().env())
        .extracting(EnvVar::getName, EnvVar::getValue)
        .containsExactly(tuple("A", "all"), tuple("B", "one"));
    assertThat(MAPPER.asJson(spec.pod().podTemplate()))
        .contains("\"hash\":\"x\"", "\"team\":\"prices\"");
  }

  @Test
  void putsTheSidecarsBesideThatTheServiceAsksFor(@TempDir Path folder) throws IOException {
    var manifests = new ServiceManifests(SHOP, release(folder, VALUES), OWNER);

    assertThat(spec(manifests, "tax").pod().sidecars())
        .singleElement()
        .satisfies(container -> {
          assertThat(container.getName()).isEqualTo("proxy");
          assertThat(container.getImage()).isEqualTo("proxy:2");
        });
    assertThat(spec(manifests, "price-list").pod().sidecars()).isEmpty();
  }

  @Test
  void belongsToTheRelease(@TempDir Path folder) throws IOException {
    assertThat(new ServiceManifests(SHOP, release(folder, VALUES), OWNER).all())
        .allSatisfy(each -> {
          assertThat(each.getApiVersion()).isEqualTo("myelin.dev/v1");
          assertThat(each.getMetadata().getLabels())
              .containsEntry(ServiceManifests.RELEASE, "shop");
          assertThat(each.getMetadata().getOwnerReferences())
              .singleElement()
              .satisfies(owner -> {
                assertThat(owner.getUid()).isEqualTo("1-2-3");
                assertThat(owner.getKind()).isEqualTo("ConfigMap");
              });
        });
  }

  @Test
  void refusesValuesOfAServiceThatTheApplicationLacks(@TempDir Path folder) throws IOException {
    var manifests =
        new ServiceManifests(SHOP, release(folder, "services: {prices: {cost: 2}}"), OWNER);

    assertThatThrownBy(manifests::all)
        .hasMessage(
            "The chart's value 'services' names 'prices', but the application has the services"
                + " [price-list, tax]; correct the name, or remove it.");
  }

  @Test
  void refusesASidecarThatIsNotGiven(@TempDir Path folder) throws IOException {
    var manifests = new ServiceManifests(SHOP, release(folder, "defaults: {image: a}"), OWNER);

    assertThatThrownBy(manifests::all)
        .hasMessageContaining("'tax' asks for the sidecar 'proxy'")
        .hasMessageContaining("add its container there");
  }

  @Test
  void refusesAFileOfAnotherForm(@TempDir Path folder) {
    assertThatThrownBy(() -> release(folder, "service: {}")).hasMessageContaining("may have");
    assertThatThrownBy(() -> release(folder, "services: [a]"))
        .hasMessageContaining("services is [a] but must have fields");
  }
}
