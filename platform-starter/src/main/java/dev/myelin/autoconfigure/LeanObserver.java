package dev.myelin.autoconfigure;

import dev.myelin.observation.CallObservation;
import dev.myelin.observation.CallObservationConvention;
import dev.myelin.observation.CallObservations;
import dev.myelin.observation.CallObserver;
import dev.myelin.observation.CallTimers;
import dev.myelin.observation.ObservedOperation;
import dev.myelin.observation.ServeObservationConvention;
import dev.myelin.wire.ContextFields;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.observation.DefaultMeterObservationHandler;
import io.micrometer.observation.GlobalObservationConvention;
import io.micrometer.observation.ObservationFilter;
import io.micrometer.observation.ObservationHandler;
import io.micrometer.observation.ObservationPredicate;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.micrometer.observation.autoconfigure.ObservationRegistryCustomizer;

/// Observes calls until the application has started, and from then on takes their time alone, where
/// nothing but timers would be made of the observations. Thread-safe.
///
/// That is so where the only handler is Micrometer's own for meters, and the application has
/// neither a convention, filter, predicate or customizer of its own nor properties that change
/// observations.
final class LeanObserver implements CallObserver, SmartInitializingSingleton {

  private static final Logger log = LoggerFactory.getLogger(LeanObserver.class);

  /// Beans that change what becomes of an observation.
  private static final List<Class<?>> CHANGING =
      List.of(
          CallObservationConvention.class,
          ServeObservationConvention.class,
          GlobalObservationConvention.class,
          ObservationFilter.class,
          ObservationPredicate.class,
          ObservationRegistryCustomizer.class);

  private static final String SPRINGS_OWN = "org.springframework.";

  private final ListableBeanFactory beans;
  private final Binder properties;
  private volatile CallObserver chosen;

  /// Creates it.
  ///
  /// @param observations observe where there is more to be made than timers
  /// @param beans of the application
  /// @param properties of the application
  LeanObserver(CallObservations observations, ListableBeanFactory beans, Binder properties) {
    this.beans = beans;
    this.properties = properties;
    chosen = observations;
  }

  @Override
  public CallObservation call(ObservedOperation operation) {
    return chosen.call(operation);
  }

  @Override
  public CallObservation serve(ObservedOperation operation, ContextFields fields) {
    return chosen.serve(operation, fields);
  }

  // not before: an application's handler may itself need a stand-in
  @Override
  public void afterSingletonsInstantiated() {
    var meters = beans.getBeanProvider(MeterRegistry.class).getIfUnique();
    if (meters != null && timersAlone()) {
      chosen = new CallTimers(meters);
      log.debug("Calls are timed, no observation is made of each: nothing else hears of them");
    }
  }

  /// Who observes.
  CallObserver chosen() {
    return chosen;
  }

  private boolean timersAlone() {
    var handlers = beans.getBeansOfType(ObservationHandler.class).values();
    return !handlers.isEmpty()
        && handlers.stream()
            .allMatch(each -> each.getClass() == DefaultMeterObservationHandler.class)
        && CHANGING.stream().allMatch(this::springsOwn)
        && unset("management.observations.enable")
        && unset("management.observations.key-values");
  }

  private boolean springsOwn(Class<?> type) {
    return beans.getBeansOfType(type).values().stream()
        .allMatch(bean -> bean.getClass().getName().startsWith(SPRINGS_OWN));
  }

  private boolean unset(String name) {
    return properties
        .bind(name, Bindable.mapOf(String.class, String.class))
        .orElse(Map.of())
        .isEmpty();
  }
}
