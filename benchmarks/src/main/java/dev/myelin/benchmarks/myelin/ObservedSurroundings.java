package dev.myelin.benchmarks.myelin;

import dev.myelin.context.CallContexts;
import dev.myelin.observation.CallObservations;
import dev.myelin.observation.CallSurroundings;
import dev.myelin.observation.CallTimers;
import io.micrometer.core.instrument.observation.DefaultMeterObservationHandler;
import io.micrometer.observation.ObservationRegistry;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;

/// Calls observed as in applications with the actuator and Prometheus's registry.
final class ObservedSurroundings {

  private ObservedSurroundings() {}

  /// Where the timers are all that is made of observations.
  static CallSurroundings timed() {
    var meters = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    return new CallSurroundings(CallContexts.PLAIN, new CallTimers(meters));
  }

  /// Where somebody else may hear of the observations.
  static CallSurroundings observed() {
    var meters = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    var registry = ObservationRegistry.create();
    registry.observationConfig().observationHandler(new DefaultMeterObservationHandler(meters));
    return new CallSurroundings(CallContexts.PLAIN, new CallObservations(registry));
  }
}
