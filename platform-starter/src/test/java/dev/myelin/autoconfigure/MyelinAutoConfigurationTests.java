package dev.myelin.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.myelin.Microservice;
import dev.myelin.client.StandInFactory;
import dev.myelin.contract.DeclaredServices;
import dev.myelin.server.HostedServices;
import dev.myelin.wire.ApplicationDescription;
import dev.myelin.wire.InstanceId;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.util.unit.DataSize;

final class MyelinAutoConfigurationTests {

  private final ApplicationContextRunner inProcess = Contexts.inProcess();

  @Test
  void beansWhenPresentTellWhatTheProcessIs() {
    inProcess.run(context -> {
      assertThat(context)
          .hasSingleBean(DeclaredServices.class)
          .hasSingleBean(HostedServices.class)
          .hasSingleBean(ApplicationDescription.class)
          .hasSingleBean(StandInFactory.class)
          .hasSingleBean(InstanceId.class)
          .doesNotHaveBean(InstanceRunners.class);
      assertThat(context.getBean(DeclaredServices.class).application()).isEmpty();
      assertThat(context.getBean(InstanceId.class).value())
          .startsWith("application-%d-".formatted(ProcessHandle.current().pid()));
    });
  }

  @Test
  void propertiesWhenNotSetHaveDefaults() {
    inProcess.run(context -> {
      var lifecycle = context.getBean(LifecycleProperties.class);
      assertThat(lifecycle.orphanTimeout()).isEqualTo(Duration.ofSeconds(20));
      assertThat(lifecycle.drainTimeout()).isEqualTo(Duration.ofSeconds(30));
      var process = context.getBean(MyelinProperties.class);
      assertThat(process.bindAddress()).isEqualTo("127.0.0.1");
      assertThat(process.port()).isZero();
      assertThat(process.hosts()).isEmpty();
      var client = context.getBean(ClientProperties.class);
      assertThat(client.maxAttempts()).isEqualTo(3);
      assertThat(client.connections()).isEqualTo(1);
      assertThat(client.connectTimeout()).isEqualTo(Duration.ofSeconds(1));
      assertThat(context.getBean(WireProperties.class).maxFrameSize())
          .isEqualTo(DataSize.ofMegabytes(16));
      assertThat(context.getBean(ClusterProperties.class).folder()).isNull();
    });
  }

  @Test
  void filterWhenServletClassesAreMissingIsLeftOut() {
    var instance =
        new WebApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(MyelinAutoConfiguration.class))
            .withUserConfiguration(Contexts.Fakes.class)
            .withBean(Service.class)
            .withPropertyValues(
                "myelin.mode=process", "myelin.hosts=service", "myelin.cluster.folder=target/c");

    instance.run(context -> assertThat(context).hasSingleBean(FilterRegistrationBean.class));
    instance
        .withClassLoader(new FilteredClassLoader(FilterRegistrationBean.class))
        .run(context ->
            assertThat(context)
                .hasNotFailed()
                .hasSingleBean(InstanceRunners.class)
                .doesNotHaveBean("myelinActuatorOnlyFilter"));
  }

  @Microservice
  static class Service {}

  @Test
  void instanceBeansWhenFrontAreLeftOut() {
    Contexts.front()
        .run(context ->
            assertThat(context)
                .doesNotHaveBean(InstanceRunners.class)
                .doesNotHaveBean(InstanceListeners.class));
  }

  @Test
  void beansWhenTheUserHasThemAreTheUsers() {
    var id = new InstanceId("mine");
    StandInFactory factory = (_, _) -> "mine";

    inProcess
        .withBean(InstanceId.class, () -> id)
        .withBean(StandInFactory.class, () -> factory)
        .run(context -> {
          assertThat(context.getBean(InstanceId.class)).isSameAs(id);
          assertThat(context.getBean(StandInFactory.class)).isSameAs(factory);
        });
  }

  @Test
  void instanceIdWhenGivenIsTaken() {
    inProcess
        .withPropertyValues("myelin.instance-id=shop-1")
        .run(context ->
            assertThat(context.getBean(InstanceId.class)).isEqualTo(new InstanceId("shop-1")));
  }

  @ParameterizedTest
  @CsvSource({
    "myelin.mode, everywhere",
    "myelin.port, -1",
    "myelin.port, 65536",
    "myelin.orphan-timeout, 0s",
    "myelin.orphan-timeout, -1ns",
    "myelin.drain-timeout, -50ms",
    "myelin.client.max-attempts, 0",
    "myelin.client.connections, 0",
    "myelin.client.connect-timeout, 0s",
    "myelin.client.ping-interval, 0s",
    "myelin.wire.max-frame-size, 63KB",
    "myelin.wire.max-frame-size, 1025MB",
    "myelin.wire.max-streams, 0",
    "myelin.wire.max-connections, 0"
  })
  void propertyWhenOutOfRangeFailsTheStart(String property, String value) {
    inProcess
        .withPropertyValues(property + "=" + value)
        .run(context ->
            assertThat(context).hasFailed().getFailure().hasStackTraceContaining(property));
  }

  @ParameterizedTest
  @CsvSource({
    "myelin.port, 65535",
    "myelin.orphan-timeout, 1ns",
    "myelin.drain-timeout, 0s",
    "myelin.client.max-attempts, 1",
    "myelin.wire.max-frame-size, 64KB",
    "myelin.wire.max-frame-size, 1GB",
    "myelin.wire.max-streams, 1",
    "myelin.wire.max-connections, 1"
  })
  void propertyWhenAtItsLimitIsTaken(String property, String value) {
    inProcess
        .withPropertyValues(property + "=" + value)
        .run(context -> assertThat(context).hasNotFailed());
  }
}
