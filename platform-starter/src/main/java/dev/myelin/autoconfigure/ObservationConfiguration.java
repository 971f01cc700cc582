package dev.myelin.autoconfigure;

import dev.myelin.observation.CallObservationConvention;
import dev.myelin.observation.CallObservations;
import dev.myelin.observation.CallObserver;
import dev.myelin.observation.ServeObservationConvention;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.observation.ObservationRegistry;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingClass;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

/// Who observes calls.
@Configuration(proxyBeanMethods = false)
@Conditional(OnRemoteCondition.class)
@ConditionalOnBooleanProperty(name = "myelin.observation.enabled", matchIfMissing = true)
class ObservationConfiguration {

  private static @Nullable CallObservations observations(
      ObjectProvider<ObservationRegistry> registry,
      ObjectProvider<CallObservationConvention> call,
      ObjectProvider<ServeObservationConvention> serve) {
    var found = registry.getIfAvailable();
    return found == null || found.isNoop()
        ? null
        : new CallObservations(
            found,
            call.getIfAvailable(CallObservations::defaultCall),
            serve.getIfAvailable(CallObservations::defaultServe));
  }

  /// Where there are no meters, whatever hears of an observation is the application's.
  @Configuration(proxyBeanMethods = false)
  @ConditionalOnMissingClass("io.micrometer.core.instrument.MeterRegistry")
  static class WithoutMeters {

    @Bean
    @Nullable CallObserver myelinCallObserver(
        ObjectProvider<ObservationRegistry> registry,
        ObjectProvider<CallObservationConvention> call,
        ObjectProvider<ServeObservationConvention> serve) {
      return observations(registry, call, serve);
    }
  }

  /// Where there are meters, they may be all that is made of observations.
  @Configuration(proxyBeanMethods = false)
  @ConditionalOnClass(MeterRegistry.class)
  static class WithMeters {

    @Bean
    @Nullable CallObserver myelinCallObserver(
        ObservationProperties properties,
        ObjectProvider<ObservationRegistry> registry,
        ObjectProvider<CallObservationConvention> call,
        ObjectProvider<ServeObservationConvention> serve,
        ListableBeanFactory beans,
        Environment environment) {
      var observations = observations(registry, call, serve);
      return observations == null || !properties.timersAlone()
          ? observations
          : new LeanObserver(observations, beans, Binder.get(environment));
    }
  }
}
