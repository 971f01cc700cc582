package dev.myelin.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.myelin.observation.CallObservationConvention;
import dev.myelin.observation.CallObservations;
import dev.myelin.observation.CallObserver;
import dev.myelin.observation.CallTimers;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.observation.DefaultMeterObservationHandler;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.observation.GlobalObservationConvention;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationFilter;
import io.micrometer.observation.ObservationHandler;
import io.micrometer.observation.ObservationPredicate;
import io.micrometer.observation.ObservationRegistry;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.micrometer.metrics.autoconfigure.MetricsAutoConfiguration;
import org.springframework.boot.micrometer.observation.autoconfigure.ObservationAutoConfiguration;
import org.springframework.boot.micrometer.observation.autoconfigure.ObservationRegistryCustomizer;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

final class ObservationConfigurationTests {

  private final ApplicationContextRunner runner =
      Contexts.front()
          .withConfiguration(
              AutoConfigurations.of(
                  MetricsAutoConfiguration.class, ObservationAutoConfiguration.class))
          .withUserConfiguration(Meters.class);

  @Configuration(proxyBeanMethods = false)
  static class Meters {

    @Bean
    MeterRegistry meters() {
      return new SimpleMeterRegistry();
    }

    // what the actuator's metrics add
    @Bean
    DefaultMeterObservationHandler meterHandler(MeterRegistry meters) {
      return new DefaultMeterObservationHandler(meters);
    }
  }

  private static Object chosen(ApplicationContext context) {
    var observer = context.getBean(CallObserver.class);
    return observer instanceof LeanObserver lean ? lean.chosen() : observer;
  }

  @Test
  void callsAreOnlyTimedWhereTimersAreAllThatIsMade() {
    runner.run(context -> assertThat(chosen(context)).isInstanceOf(CallTimers.class));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "myelin.observation.timers-alone=false",
        "management.observations.enable.myelin.call=false",
        "management.observations.key-values.region=north"
      })
  void callsAreObservedWhereAPropertyWantsIt(String property) {
    runner
        .withPropertyValues(property)
        .run(context -> assertThat(chosen(context)).isInstanceOf(CallObservations.class));
  }

  static Stream<Class<?>> changing() {
    return Stream.of(
        Handler.class,
        Filter.class,
        Predicate.class,
        Customizer.class,
        Convention.class,
        Global.class);
  }

  @ParameterizedTest
  @MethodSource("changing")
  void callsAreObservedWhereTheApplicationHasAWordInIt(Class<?> configuration) {
    runner
        .withUserConfiguration(configuration)
        .run(context -> assertThat(chosen(context)).isInstanceOf(CallObservations.class));
  }

  @Test
  void callsAreObservedWhereThereAreNoMeters() {
    Contexts.front()
        .withConfiguration(AutoConfigurations.of(ObservationAutoConfiguration.class))
        .withUserConfiguration(Handler.class)
        .withClassLoader(new FilteredClassLoader("io.micrometer.core"))
        .run(context -> assertThat(chosen(context)).isInstanceOf(CallObservations.class));
  }

  @Test
  void nothingIsMadeWhereNobodyHears() {
    Contexts.front()
        .withBean(ObservationRegistry.class, () -> ObservationRegistry.NOOP)
        .run(context ->
            assertThat(context.getBeanProvider(CallObserver.class).getIfAvailable()).isNull());
    runner
        .withPropertyValues("myelin.observation.enabled=false")
        .run(context -> assertThat(context).doesNotHaveBean(CallObserver.class));
  }

  @Configuration(proxyBeanMethods = false)
  static class Handler {
    @Bean
    ObservationHandler<Observation.Context> handler() {
      return _ -> true;
    }
  }

  @Configuration(proxyBeanMethods = false)
  static class Filter {
    @Bean
    ObservationFilter filter() {
      return context -> context;
    }
  }

  @Configuration(proxyBeanMethods = false)
  static class Predicate {
    @Bean
    ObservationPredicate predicate() {
      return (_, _) -> true;
    }
  }

  @Configuration(proxyBeanMethods = false)
  static class Customizer {
    @Bean
    ObservationRegistryCustomizer<ObservationRegistry> customizer() {
      return _ -> {};
    }
  }

  @Configuration(proxyBeanMethods = false)
  static class Convention {
    @Bean
    CallObservationConvention convention() {
      return new CallObservationConvention() {};
    }
  }

  @Configuration(proxyBeanMethods = false)
  static class Global {
    @Bean
    GlobalObservationConvention<Observation.Context> global() {
      return _ -> false;
    }
  }
}
