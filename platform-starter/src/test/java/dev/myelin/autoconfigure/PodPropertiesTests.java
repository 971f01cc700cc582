package dev.myelin.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.myelin.wire.Endpoint;
import dev.myelin.wire.InstanceId;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.mock.env.MockEnvironment;

/// What a process in a pod is told, and what it finds out by itself.
final class PodPropertiesTests {

  private static MockEnvironment pod(String hosts) {
    return new MockEnvironment()
        .withProperty("myelin.mode", "kubernetes")
        .withProperty("myelin.hosts", hosts)
        .withProperty("HOSTNAME", "price-list-7d9f-x2x4z");
  }

  private static CoreProperties core(List<String> address) {
    return new CoreProperties(address, null, null, "s", null, "g");
  }

  @Test
  void addressesWhenHostAndPortAreTaken() {
    var properties = core(List.of("myelin-core:7070", " 10.0.0.7:7071", "[fd00::7]:1"));

    assertThat(properties.endpoints())
        .containsExactly(
            new Endpoint("myelin-core", 7_070),
            new Endpoint("10.0.0.7", 7_071),
            new Endpoint("fd00::7", 1));
  }

  @ParameterizedTest
  @ValueSource(strings = {"myelin-core", "myelin-core:", ":7070", "core:0", "core:70700", "core:x"})
  void addressWhenNotHostAndPortIsRefused(String address) {
    assertThatExceptionOfType(InvalidConfigurationPropertyValueException.class)
        .isThrownBy(() -> core(List.of(address)))
        .satisfies(failure -> {
          assertThat(failure.getName()).isEqualTo("myelin.core.address");
          assertThat(failure.getReason()).contains("HOST:PORT");
        });
  }

  @Test
  void leaseDurationWhenTooShortOrFractionalIsRefused() {
    assertThat(new KubernetesProperties(null, null, null, "m", null, Duration.ofSeconds(3)).name())
        .isEqualTo("m");
    for (var wrong : List.of(Duration.ofSeconds(2), Duration.ZERO, Duration.ofMillis(3_500))) {
      assertThatExceptionOfType(InvalidConfigurationPropertyValueException.class)
          .isThrownBy(() -> new KubernetesProperties(null, null, null, "m", null, wrong))
          .satisfies(failure ->
              assertThat(failure.getName()).isEqualTo("myelin.kubernetes.lease-duration"));
    }
  }

  @Test
  void idWhenOfAnInstanceIsThePodsName() {
    assertThat(PodAddress.id(pod("price-list"), null))
        .contains(new InstanceId("price-list-7d9f-x2x4z"));
    assertThat(PodAddress.id(pod(""), " ")).contains(new InstanceId("price-list-7d9f-x2x4z"));
    assertThat(PodAddress.id(pod("price-list"), "given")).isEmpty();
    assertThat(PodAddress.id(pod("price-list").withProperty("myelin.mode", "process"), null))
        .isEmpty();
  }

  @Test
  void idWhenOfACoreProcessIsItsAddress() {
    var core =
        pod("myelin-pubsub,myelin-stethoscope")
            .withProperty("myelin.advertised-host", "10.244.0.7");

    assertThat(PodAddress.id(core, "given")).contains(new InstanceId("core-10-244-0-7"));
    assertThat(PodAddress.advertised(core)).isEqualTo("10.244.0.7");
  }

  @Test
  void advertisedHostWhenNotGivenIsThePodsOwn() {
    assertThat(PodAddress.advertised(pod("price-list"))).isNotBlank();
    assertThat(PodAddress.advertised(new MockEnvironment().withProperty("myelin.mode", "process")))
        .isNull();
  }

  @Test
  void addressWhenUnknownSaysHowToGiveIt() {
    var core = pod("myelin-pubsub").withProperty("myelin.advertised-host", "no.such.host.invalid");

    assertThatExceptionOfType(InvalidClusterException.class)
        .isThrownBy(() -> PodAddress.id(core, null))
        .satisfies(failure -> {
          assertThat(Objects.requireNonNull(failure.getMessage())).contains("no.such.host.invalid");
          assertThat(failure.remedy()).contains("'myelin.advertised-host'", "status.podIP");
        });
  }
}
