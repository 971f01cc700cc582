package dev.myelin.orchestrator.kubernetes.desired;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.myelin.orchestrator.kubernetes.desired.DesiredSettings.Budgets;
import dev.myelin.orchestrator.kubernetes.desired.DesiredSettings.Share;
import dev.myelin.orchestrator.kubernetes.resource.Microservice;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Compares whole objects with files beside `src/test/resources/kubernetes/desired`: `X.yaml` is
/// the resource, `X-objects.yaml` what is made of it.
final class DesiredObjectsTests {

  private static final Path FILES = Path.of("src/test/resources/kubernetes/desired");

  private final KubernetesSerialization serialization = new KubernetesSerialization();

  private static DesiredSettings settings(Budgets budgets, List<String> nodes) {
    return new DesiredSettings(
        "myelin-core:7070",
        new Share(new Quantity("250m"), new Quantity("512Mi")),
        Duration.ofMinutes(5),
        nodes,
        null,
        budgets);
  }

  private Microservice resource(String yaml) {
    return serialization.unmarshal(yaml, Microservice.class);
  }

  private List<HasMetadata> objects(Microservice resource, Budgets budgets) {
    return new DesiredObjects(settings(budgets, List.of("pool=own", "pool=cloud")), serialization)
        .of(resource);
  }

  private String text(List<HasMetadata> objects) {
    return objects.stream().map(serialization::asYaml).collect(Collectors.joining());
  }

  @ParameterizedTest
  @ValueSource(strings = {"plain", "stateful", "on-every-node", "everything"})
  void objectsAreAsWrittenDown(String name) throws IOException {
    var resource = resource(Files.readString(FILES.resolve(name + ".yaml")));

    var made = text(objects(resource, Budgets.V1));

    assertThat(made).isEqualTo(Files.readString(FILES.resolve(name + "-objects.yaml")));
  }

  @Test
  void budgetIsOfWhatTheApiHas() {
    var resource = resource("{\"metadata\":{\"name\":\"a\"},\"spec\":{\"image\":\"a\"}}");

    assertThat(DesiredObjects.budgets(true, true)).isEqualTo(Budgets.V1);
    assertThat(DesiredObjects.budgets(false, true)).isEqualTo(Budgets.V1_BETA);
    assertThat(DesiredObjects.budgets(false, false)).isEqualTo(Budgets.NONE);
    assertThat(objects(resource, Budgets.V1_BETA))
        .extracting(HasMetadata::getApiVersion)
        .contains("policy/v1beta1");
    assertThat(objects(resource, Budgets.NONE))
        .extracting(HasMetadata::getKind)
        .containsExactly("Service", "Deployment");
  }

  @Test
  void resourceThatContradictsItselfIsRefused() {
    var resource =
        resource(
            "{\"metadata\":{\"name\":\"a\"},\"spec\":{\"image\":\"a\",\"highWatermark\":0.2}}");

    assertThatThrownBy(() -> objects(resource, Budgets.NONE))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("highWatermark is 0.2 but must be more than lowWatermark (0.3)");
  }
}
