package dev.myelin.orchestrator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.myelin.orchestrator.rollout.RolloutSettings;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.mock.env.MockEnvironment;

final class PropertiesTests {

  private static <T> T bind(String prefix, Class<T> type, Map<String, String> values) {
    return new Binder(new MapConfigurationPropertySource(values))
        .bindOrCreate(prefix, Bindable.of(type));
  }

  @Test
  void defaultsFitALaptop() {
    var launch = bind("myelin.core", LaunchProperties.class, Map.of());
    assertThat(launch.app()).isNull();
    assertThat(launch.arguments()).isEmpty();
    assertThat(launch.echo()).isTrue();
    assertThat(launch.startTimeout()).hasSeconds(90);
    assertThat(bind("myelin.core", AotProperties.class, Map.of()).aotCache()).isTrue();
    assertThat(launch.jvmOptions())
        .contains("-Xms32m", "-Xmx256m", "-XX:+UseSerialGC")
        .noneMatch(option -> option.contains("TieredStopAtLevel"));

    var instances = bind("myelin.core.processes", ProcessesProperties.class, Map.of());
    assertThat(instances).isEqualTo(new ProcessesProperties(1, 40, 0, 50));
    assertThat(instances.startingOr(2)).isEqualTo(2);

    assertThat(bind("myelin.core.scaling", ScalingProperties.class, Map.of()))
        .isEqualTo(
            new ScalingProperties(
                Duration.ofSeconds(2),
                Duration.ofSeconds(10),
                Duration.ofSeconds(2),
                Duration.ofSeconds(3),
                Duration.ofSeconds(10),
                Duration.ofMinutes(5)));
    assertThat(bind("myelin.core.rollout", RolloutProperties.class, Map.of()).settings())
        .isEqualTo(RolloutSettings.DEFAULT);
    assertThat(bind("myelin.core.retirement", RetirementProperties.class, Map.of()).limits().stop())
        .hasSeconds(20);
    assertThat(bind("myelin.core.loop", LoopProperties.class, Map.of()).standby()).isTrue();
  }

  @Test
  void dockerLimitsAreNotNegative() {
    var docker = bind("myelin.core.docker", DockerProperties.class, Map.of());
    assertThat(docker.base()).isEqualTo("eclipse-temurin:25-jre");
    assertThat(docker.memory().toMegabytes()).isEqualTo(512);
    for (var name : new String[] {"memory", "cpus"}) {
      var property = "myelin.core.docker." + name;
      assertThatExceptionOfType(BindException.class)
          .isThrownBy(
              () -> bind("myelin.core.docker", DockerProperties.class, Map.of(property, "-1")))
          .havingRootCause()
          .withMessageContaining(property);
    }
  }

  @Test
  void dockerIsChosenByEitherProperty() {
    assertThat(OnDocker.in(new MockEnvironment())).isFalse();
    assertThat(OnDocker.in(new MockEnvironment().withProperty("myelin.mode", "docker"))).isTrue();
    assertThat(OnDocker.in(new MockEnvironment().withProperty("myelin.core.deployer", "docker")))
        .isTrue();
    assertThat(
            OnDocker.in(
                new MockEnvironment()
                    .withProperty("myelin.mode", "docker")
                    .withProperty("myelin.core.deployer", "process")))
        .isFalse();
  }

  @Test
  void valuesAreBound() {
    var launch =
        bind(
            "myelin.core",
            LaunchProperties.class,
            Map.of(
                "myelin.core.app", "shop.jar",
                "myelin.core.jvm-options[0]", "-Xlog:gc,safepoint",
                "myelin.core.echo", "false",
                "myelin.core.start-timeout", "50ms"));

    assertThat(launch.app()).isEqualTo("shop.jar");
    assertThat(launch.jvmOptions()).containsExactly("-Xlog:gc,safepoint");
    assertThat(launch.echo()).isFalse();
    assertThat(launch.startTimeout()).hasMillis(50);
    assertThat(
            bind(
                    "myelin.core.processes",
                    ProcessesProperties.class,
                    Map.of("myelin.core.processes.starting", "7"))
                .startingOr(2))
        .isEqualTo(7);
  }

  @ParameterizedTest
  @CsvSource({
    "front, 0, at least 1",
    "most, 0, at least 1",
    "starting, -1, at least 0",
    "kept-logs, -1, at least 0"
  })
  void numberOutOfRangeIsNamed(String name, String value, String expected) {
    var property = "myelin.core.processes." + name;

    assertThatExceptionOfType(BindException.class)
        .isThrownBy(
            () -> bind("myelin.core.processes", ProcessesProperties.class, Map.of(property, value)))
        .havingRootCause()
        .withMessage("Property '%s' is %s but must be %s", property, value, expected);
  }

  @ParameterizedTest
  @ValueSource(strings = {"high-window", "low-window", "step", "stale", "idle"})
  void scalingTimeThatDoesNotLastIsNamed(String name) {
    refused("myelin.core.scaling", ScalingProperties.class, name);
  }

  @ParameterizedTest
  @CsvSource({
    "attempts, 0, at least 1",
    "settle, -1ns, at least 0",
    "error-bound, -0.1, from 0 to 1",
    "error-bound, 1.1, from 0 to 1",
    "error-calls, 0, at least 1"
  })
  void boundOfARolloutOutOfRangeIsNamed(String name, String value, String expected) {
    var property = "myelin.core.rollout." + name;

    assertThatExceptionOfType(BindException.class)
        .isThrownBy(
            () -> bind("myelin.core.rollout", RolloutProperties.class, Map.of(property, value)))
        .havingRootCause()
        .withMessageStartingWith("Property '%s' is ".formatted(property))
        .withMessageEndingWith("but must be " + expected);
  }

  @ParameterizedTest
  @ValueSource(strings = {"acknowledge-timeout", "drain-timeout", "grace", "stop-timeout"})
  void retirementTimeThatDoesNotLastIsNamed(String name) {
    refused("myelin.core.retirement", RetirementProperties.class, name);
  }

  @ParameterizedTest
  @ValueSource(strings = {"tick", "first-wait", "longest-wait", "steady", "renewal"})
  void loopTimeThatDoesNotLastIsNamed(String name) {
    refused("myelin.core.loop", LoopProperties.class, name);
  }

  @Test
  void startTimeoutThatDoesNotLastIsNamed() {
    refused("myelin.core", LaunchProperties.class, "start-timeout");
  }

  @Test
  void podsAreSmallAndTheirQuantitiesAreChecked() {
    var pods = bind("myelin.core.pods", PodsProperties.class, Map.of());
    assertThat(pods.cpu()).isEqualTo("250m");
    assertThat(pods.memory()).isEqualTo("512Mi");
    assertThat(pods.startTimeout()).isEqualTo(Duration.ofMinutes(5));
    assertThat(pods.preferredNodes()).isEmpty();

    for (var wrong : new String[] {"much", "0", "-1"}) {
      assertThatExceptionOfType(BindException.class)
          .isThrownBy(() ->
              bind("myelin.core.pods", PodsProperties.class, Map.of("myelin.core.pods.cpu", wrong)))
          .havingRootCause()
          .withMessageContaining("'myelin.core.pods.cpu' is '" + wrong + "'");
    }
    refused("myelin.core.pods", PodsProperties.class, "start-timeout");
  }

  private static void refused(String prefix, Class<?> type, String name) {
    for (var value : new String[] {"0s", "-1s"}) {
      assertThatExceptionOfType(BindException.class)
          .isThrownBy(() -> bind(prefix, type, Map.of(prefix + "." + name, value)))
          .havingRootCause()
          .withMessageStartingWith("Property '%s.%s' is PT", prefix, name);
    }
  }
}
