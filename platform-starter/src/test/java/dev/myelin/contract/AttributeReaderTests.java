package dev.myelin.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.myelin.CallMode;
import dev.myelin.Kind;
import dev.myelin.Microservice;
import dev.myelin.Operation;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.core.ResolvableType;
import org.springframework.core.annotation.AnnotatedElementUtils;

final class AttributeReaderTests {

  @Microservice(
      external = true,
      minInstances = 2,
      maxInstances = 4,
      timeout = "5s",
      idempotent = true,
      placement = {"big", "small"})
  interface Declared {

    void plain();

    @Operation(timeout = "500ms")
    void refined();

    @Operation(idempotent = true)
    void repeatable();

    @Operation(idempotent = false, inline = true)
    void once();
  }

  @Microservice
  static class Overriding implements Overridden {

    @Override
    @Operation(timeout = "1s")
    public void look() {}

    @Override
    @Operation(idempotent = false, inline = false)
    public void change() {}
  }

  interface Overridden {

    @Operation(idempotent = true, inline = true, timeout = "9s")
    void look();

    @Operation(idempotent = true, inline = true, timeout = "9s")
    void change();
  }

  @Microservice
  interface Undecided {

    @Operation(idempotent = {true, false})
    void both();
  }

  @Microservice
  interface Defaults {

    void plain();
  }

  @Microservice(minInstances = -1)
  interface TooFew {}

  @Microservice(timeout = "soon")
  interface NoDuration {

    void plain();
  }

  private static ServiceContract read(Class<?> type, Map<String, String> properties) {
    var binder = new Binder(new MapConfigurationPropertySource(properties));
    var annotation =
        Objects.requireNonNull(
            AnnotatedElementUtils.findMergedAnnotation(type, Microservice.class));
    return new ServiceContracts(name ->
        binder.bind("myelin.services." + name, ServiceSettings.class).orElse(ServiceSettings.NONE))
        .read(new ServiceDeclaration("bean", ResolvableType.forClass(type), annotation));
  }

  private static OperationContract operation(ServiceContract contract, String name) {
    return contract.operations().stream()
        .filter(operation -> operation.name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void attributesWhenNothingIsDeclaredAreTheDefaults() {
    var contract = read(Defaults.class, Map.of());

    var attributes = contract.attributes();
    assertThat(attributes.external()).isFalse();
    assertThat(attributes.stateful()).isFalse();
    assertThat(attributes.mode()).isEqualTo(CallMode.SYNC);
    assertThat(attributes.scaling().minInstances()).isEqualTo(1);
    assertThat(attributes.scaling().maxInstances()).isEqualTo(1);
    assertThat(attributes.scaling().highWatermark()).isEqualTo(0.8);
    assertThat(attributes.scaling().lowWatermark()).isEqualTo(0.3);
    assertThat(attributes.scaling().concurrency()).isEqualTo(1024);
    assertThat(attributes.placement().kind()).isEqualTo(Kind.DEPLOYMENT);
    var rules = contract.operations().getFirst().rules();
    assertThat(rules.timeout()).isEqualTo(Duration.ofSeconds(30));
    assertThat(rules.idempotent()).isFalse();
  }

  @Test
  void attributesWhenPropertiesAreSetAreOverridden() {
    var properties =
        Map.ofEntries(
            Map.entry("myelin.services.declared.external", "false"),
            Map.entry("myelin.services.declared.stateful", "true"),
            Map.entry("myelin.services.declared.mode", "actor"),
            Map.entry("myelin.services.declared.min-instances", "0"),
            Map.entry("myelin.services.declared.max-instances", "0"),
            Map.entry("myelin.services.declared.high-watermark", "0.9"),
            Map.entry("myelin.services.declared.low-watermark", "0"),
            Map.entry("myelin.services.declared.concurrency", "1"),
            Map.entry("myelin.services.declared.single-core", "true"),
            Map.entry("myelin.services.declared.cost", "0.5"),
            Map.entry("myelin.services.declared.placement", "tiny"),
            Map.entry("myelin.services.declared.kind", "stateful-set"),
            Map.entry("myelin.services.declared.sidecars", "proxy,agent"));

    var attributes = read(Declared.class, properties).attributes();

    assertThat(attributes.external()).isFalse();
    assertThat(attributes.stateful()).isTrue();
    assertThat(attributes.mode()).isEqualTo(CallMode.ACTOR);
    assertThat(attributes.scaling().minInstances()).isZero();
    assertThat(attributes.scaling().maxInstances()).isEqualTo(1);
    assertThat(attributes.scaling().highWatermark()).isEqualTo(0.9);
    assertThat(attributes.scaling().lowWatermark()).isZero();
    assertThat(attributes.scaling().concurrency()).isEqualTo(1);
    assertThat(attributes.placement().singleCore()).isTrue();
    assertThat(attributes.placement().cost()).isEqualTo(0.5);
    assertThat(attributes.placement().preferredHosts()).containsExactly("tiny");
    assertThat(attributes.placement().kind()).isEqualTo(Kind.STATEFUL_SET);
    assertThat(attributes.placement().sidecars()).containsExactly("proxy", "agent");
  }

  @Test
  void rulesWhenSetInSeveralPlacesAreTakenFromTheMostSpecific() {
    var contract =
        read(
            Declared.class,
            Map.of(
                "myelin.services.declared.timeout", "1ns",
                "myelin.services.declared.operations.repeatable.timeout", "50ms",
                "myelin.services.declared.operations.repeatable.idempotent", "false"));

    assertThat(operation(contract, "plain").rules().timeout()).isEqualTo(Duration.ofNanos(1));
    assertThat(operation(contract, "plain").rules().idempotent()).isTrue();
    assertThat(operation(contract, "refined").rules().timeout()).isEqualTo(Duration.ofMillis(500));
    assertThat(operation(contract, "refined").rules().idempotent()).isTrue();
    assertThat(operation(contract, "repeatable").rules().timeout())
        .isEqualTo(Duration.ofMillis(50));
    assertThat(operation(contract, "repeatable").rules().idempotent()).isFalse();
  }

  @Test
  void operationWhenItsAnnotationLeavesAnAttributeOutHasThatOfTheService() {
    var contract = read(Declared.class, Map.of());

    assertThat(operation(contract, "refined").rules().idempotent()).isTrue();
    assertThat(operation(contract, "repeatable").rules().timeout())
        .isEqualTo(Duration.ofSeconds(5));
    assertThat(operation(contract, "once").rules().idempotent()).isFalse();
    assertThat(operation(contract, "once").inline()).isTrue();
    assertThat(operation(contract, "refined").inline()).isFalse();
  }

  @Test
  void operationWhenItOverridesAnotherHasWhatTheNearestAnnotationSets() {
    var contract = read(Overriding.class, Map.of());

    assertThat(operation(contract, "look").rules().idempotent()).isTrue();
    assertThat(operation(contract, "look").inline()).isTrue();
    assertThat(operation(contract, "look").rules().timeout()).isEqualTo(Duration.ofSeconds(1));
    assertThat(operation(contract, "change").rules().idempotent()).isFalse();
    assertThat(operation(contract, "change").inline()).isFalse();
    assertThat(operation(contract, "change").rules().timeout()).isEqualTo(Duration.ofSeconds(9));
  }

  @Test
  void operationWhenPropertiesOfItAreSetHasThose() {
    var contract =
        read(
            Declared.class,
            Map.of(
                "myelin.services.declared.idempotent", "false",
                "myelin.services.declared.operations.once.idempotent", "true",
                "myelin.services.declared.operations.once.inline", "false",
                "myelin.services.declared.operations.plain.inline", "true"));

    assertThat(operation(contract, "once").rules().idempotent()).isTrue();
    assertThat(operation(contract, "once").inline()).isFalse();
    assertThat(operation(contract, "plain").inline()).isTrue();
    assertThat(operation(contract, "plain").rules().idempotent()).isFalse();
    assertThat(operation(contract, "repeatable").rules().idempotent()).isTrue();
  }

  @Test
  void operationWithTwoValuesForAFlagIsRefused() {
    assertThatExceptionOfType(InvalidServiceException.class)
        .isThrownBy(() -> read(Undecided.class, Map.of()))
        .withMessageContaining("operation 'both' has 2 values for idempotent");
  }

  @ParameterizedTest
  @CsvSource({
    "min-instances, -1",
    "max-instances, -1",
    "max-instances, 1",
    "high-watermark, 0.3",
    "high-watermark, NaN",
    "low-watermark, -0.1",
    "low-watermark, Infinity",
    "concurrency, 0",
    "cost, 0",
    "cost, NaN",
    "timeout, 0s",
    "timeout, -1s",
    "operations.refined.timeout, 0s"
  })
  void propertyWhenOutOfRangeIsNamed(String property, String value) {
    var name = "myelin.services.declared." + property;

    assertThatExceptionOfType(InvalidServiceException.class)
        .isThrownBy(() -> read(Declared.class, Map.of(name, value)))
        .withMessageContainingAll("Bean 'bean'", "property '%s'".formatted(name), "must be")
        .satisfies(e -> assertThat(e.remedy()).contains("'%s'".formatted(name)));
  }

  @Test
  void propertyWhenItContradictsAnAttributeNamesBoth() {
    assertThatExceptionOfType(InvalidServiceException.class)
        .isThrownBy(
            () -> read(Declared.class, Map.of("myelin.services.declared.min-instances", "5")))
        .withMessageContainingAll(
            "maxInstances of @Microservice is 4",
            "the 5 of property 'myelin.services.declared.min-instances'");
  }

  @Test
  void attributeWhenOutOfRangeIsNamedWithTheProperty() {
    assertThatExceptionOfType(InvalidServiceException.class)
        .isThrownBy(() -> read(TooFew.class, Map.of()))
        .withMessageContaining("minInstances of @Microservice is -1 but must be at least 0")
        .satisfies(e -> assertThat(e.remedy()).contains("'myelin.services.too-few.min-instances'"));
  }

  @Test
  void timeoutWhenNoDurationIsRefused() {
    assertThatExceptionOfType(InvalidServiceException.class)
        .isThrownBy(() -> read(NoDuration.class, Map.of()))
        .withMessageContaining("'soon'");
  }

  @ParameterizedTest
  @ValueSource(strings = {"plane", "refine"})
  void operationPropertyWhenNoOperationHasThatNameIsRefused(String name) {
    assertThatExceptionOfType(InvalidServiceException.class)
        .isThrownBy(() ->
            read(
                Declared.class,
                Map.of("myelin.services.declared.operations.%s.timeout".formatted(name), "1s")))
        .withMessageContaining("'myelin.services.declared.operations.%s.*'".formatted(name))
        .satisfies(e -> assertThat(e.remedy()).contains("plain, refined, repeatable"));
  }
}
