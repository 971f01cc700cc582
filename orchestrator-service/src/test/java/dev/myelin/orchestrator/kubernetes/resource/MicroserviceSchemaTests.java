package dev.myelin.orchestrator.kubernetes.resource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaProps;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

final class MicroserviceSchemaTests {

  private static final Path FILE = Path.of("../charts/myelin/crds/microservices.yaml");

  private final KubernetesSerialization serialization = new KubernetesSerialization();
  private final CustomResourceDefinition definition =
      serialization.unmarshal(read(FILE), CustomResourceDefinition.class);

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private JSONSchemaProps schema(String part) {
    var version = definition.getSpec().getVersions().getFirst();
    return Objects.requireNonNull(
        version.getSchema().getOpenAPIV3Schema().getProperties().get(part));
  }

  private static Stream<RecordComponent> flat(Class<?> type) {
    return Arrays.stream(type.getRecordComponents())
        .flatMap(component ->
            component.getAccessor().isAnnotationPresent(JsonUnwrapped.class)
                ? flat(component.getType())
                : Stream.of(component));
  }

  private static String name(RecordComponent component) {
    var named = component.getAccessor().getAnnotation(JsonProperty.class);
    return named == null ? component.getName() : named.value();
  }

  private static String jsonType(Class<?> type) {
    if (type == Boolean.class) {
      return "boolean";
    } else if (type == Integer.class || type == Long.class) {
      return "integer";
    } else if (type == Double.class) {
      return "number";
    } else if (type == String.class || type.isEnum()) {
      return "string";
    }
    return type == List.class ? "array" : "object";
  }

  private static Map<String, String> fields(Class<?> type) {
    return flat(type)
        .collect(Collectors.toMap(MicroserviceSchemaTests::name, each -> jsonType(each.getType())));
  }

  private static Map<String, String> fields(JSONSchemaProps schema) {
    return schema.getProperties().entrySet().stream()
        .collect(Collectors.toMap(Map.Entry::getKey, each -> each.getValue().getType()));
  }

  @Test
  void namesAreThoseOfTheClass() {
    assertThat(definition.getSpec().getGroup()).isEqualTo(Microservice.GROUP);
    assertThat(definition.getMetadata().getName())
        .isEqualTo(CustomResource.getCRDName(Microservice.class));
    assertThat(definition.getSpec().getNames().getKind()).isEqualTo(Microservice.KIND);
    assertThat(definition.getSpec().getNames().getShortNames())
        .containsExactly(CustomResource.getShortNames(Microservice.class));
    assertThat(definition.getSpec().getVersions().getFirst().getName()).isEqualTo("v1");
  }

  @Test
  void fieldsAndTheirTypesAreThoseOfTheClasses() {
    assertThat(fields(schema("spec"))).isEqualTo(fields(MicroserviceSpec.class));
    assertThat(fields(schema("status"))).isEqualTo(fields(MicroserviceStatus.class));
    var conditions = Objects.requireNonNull(schema("status").getProperties().get("conditions"));
    assertThat(fields(conditions.getItems().getSchema()))
        .isEqualTo(fields(MicroserviceStatus.Condition.class));
  }

  @Test
  void defaultsAreThoseOfTheClasses() {
    var absent = serialization.unmarshal("{\"spec\":{\"image\":\"a\"}}", Microservice.class);
    @SuppressWarnings("unchecked")
    Map<String, Object> found = serialization.convertValue(absent.getSpec(), Map.class);

    var expected = new TreeMap<String, Object>();
    schema("spec")
        .getProperties()
        .forEach((name, field) -> {
          if (field.getDefault() != null) {
            expected.put(name, serialization.convertValue(field.getDefault(), Object.class));
          }
        });

    assertThat(expected).isNotEmpty();
    expected.forEach((name, value) ->
        assertThat(String.valueOf(found.get(name)))
            .as(name)
            .isEqualTo(name.equals("cost") ? "1.0" : String.valueOf(value)));
    assertThat(found.keySet())
        .as("nothing has a default that the schema does not tell")
        .isEqualTo(
            Stream.concat(expected.keySet().stream(), Stream.of("image"))
                .collect(Collectors.toCollection(TreeSet::new)));
  }

  @Test
  void resourceIsReadAsItIsWritten() {
    var yaml =
        """
        apiVersion: myelin.dev/v1
        kind: Microservice
        metadata: {name: price-list}
        spec:
          application: shop
          image: shop:1
          external: true
          minInstances: 2
          maxInstances: 9
          timeout: 1m30s
          placement: [node-class=fast, rack-7]
          scaling: external
          sidecars: [{name: cache, image: 'memcached:1.6', ports: [{containerPort: 11211}]}]
          podTemplate: {spec: {priorityClassName: high}}
        """;

    var spec = serialization.unmarshal(yaml, Microservice.class).getSpec();

    assertThat(spec.behaviour().limits().maxInstances()).isEqualTo(9);
    assertThat(spec.behaviour().limit()).isEqualTo(Duration.ofSeconds(90));
    assertThat(spec.behaviour().scaling()).isEqualTo(ScalingOwner.EXTERNAL);
    assertThat(spec.placement().preferred()).containsExactly("node-class=fast", "rack-7");
    assertThat(spec.pod().sidecars().getFirst().getImage()).isEqualTo("memcached:1.6");
    assertThat(spec.pod().podTemplate()).containsKey("spec");
    assertThat(spec.program().image()).isEqualTo("shop:1");
  }

  @Test
  void contradictingNumbersAreRefused() {
    var spec =
        serialization.unmarshal(
            "{\"spec\":{\"image\":\"a\",\"minInstances\":3,\"maxInstances\":2}}",
            Microservice.class);

    assertThatThrownBy(() -> spec.getSpec().behaviour().limits())
        .hasMessageContaining("maxInstances is 2 but must be at least 1 and at least minInstances");
  }

  @Test
  void durationsAreRefusedWhereTheyAreNone() {
    for (var text :
        List.of("", "30", "0s", "5d", "-1s", "99999999999999999999h", "9999999999999999h")) {
      assertThatThrownBy(() -> Durations.parse("timeout", text))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("timeout is '" + text + "'");
    }
    assertThat(Durations.parse("timeout", "500ms")).isEqualTo(Duration.ofMillis(500));
  }
}
