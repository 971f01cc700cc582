package dev.myelin.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.boot.SpringApplication;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.mock.env.MockEnvironment;

final class ClusterEnvironmentPostProcessorTests {

  private final List<String> quieted = new ArrayList<>();

  private ConfigurableEnvironment process(String... pairs) {
    var environment = new MockEnvironment();
    for (var pair : pairs) {
      var split = pair.split("=", 2);
      environment.setProperty(split[0], split[1]);
    }
    new ClusterEnvironmentPostProcessor(() -> quieted.add("quiet"))
        .postProcessEnvironment(environment, new SpringApplication());
    return environment;
  }

  @Test
  void environmentWhenInProcessIsLeftAlone() {
    var environment = process("myelin.hosts=a");

    assertThat(environment.getPropertySources()).hasSize(1);
    assertThat(quieted).isEmpty();
  }

  @Test
  void portWhenFrontOrInstanceOfAHostIsAnyFreeOne() {
    assertThat(process("myelin.mode=process").getProperty("server.port")).isEqualTo("0");
    assertThat(process("myelin.mode=process", "myelin.hosts=a").getProperty("server.port"))
        .isEqualTo("0");
  }

  @Test
  void portWhenSetByTheUserIsKept() {
    assertThat(process("myelin.mode=process", "server.port=8081").getProperty("server.port"))
        .isEqualTo("8081");
  }

  @Test
  void portWhenCoreOrNotSharingAHostIsSpringBootsDefault() {
    assertThat(
            process("myelin.mode=process", "myelin.hosts=myelin-pubsub").getProperty("server.port"))
        .isNull();
    assertThat(process("myelin.mode=kubernetes", "myelin.hosts=a").getProperty("server.port"))
        .isNull();
    assertThat(process("myelin.mode=docker").getProperty("server.port")).isNull();
  }

  @Test
  void processWhenOfAClusterStaysUp() {
    assertThat(process("myelin.mode=kubernetes").getProperty("spring.main.keep-alive"))
        .isEqualTo("true");
  }

  @Test
  void podTakesCallsFromOthersAndIsReadyWhenItIsKnown() {
    var pod = process("myelin.mode=kubernetes", "myelin.hosts=a");
    assertThat(pod.getProperty("myelin.bind-address")).isEqualTo("0.0.0.0");
    assertThat(pod.getProperty("myelin.port")).isEqualTo("7070");
    assertThat(pod.getProperty("management.endpoint.health.group.readiness.include"))
        .isEqualTo("readinessState,myelin");

    assertThat(process("myelin.mode=kubernetes", "myelin.port=1").getProperty("myelin.port"))
        .isEqualTo("1");
    assertThat(process("myelin.mode=process").getProperty("myelin.port")).isNull();
  }

  @Test
  void outputWhenDescribingIsKeptFree() {
    assertThat(process("myelin.describe=").getProperty("spring.main.banner-mode")).isEqualTo("off");
    assertThat(quieted).hasSize(1);
  }

  @Test
  void outputWhenDescribingToAFileIsLeftAlone() {
    process("myelin.describe=target/description.json");

    assertThat(quieted).isEmpty();
  }
}
