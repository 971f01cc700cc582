package dev.myelin.benchmarks.myelin;

import dev.myelin.context.CallContexts;
import dev.myelin.observation.CallObservations;
import dev.myelin.observation.CallSurroundings;
import io.micrometer.core.instrument.observation.DefaultMeterObservationHandler;
import io.micrometer.observation.ObservationRegistry;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;

/// Calls observed as in an application with the actuator and Prometheus's registry.
final class ObservedSurroundings {

  private ObservedSurroundings() {}

  static CallSurroundings open() {
    var meters = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    var registry = ObservationRegistry.create();
    registry.observationConfig().observationHandler(new DefaultMeterObservationHandler(meters));
    return new CallSurroundings(CallContexts.PLAIN, new CallObservations(registry));
  }
}
