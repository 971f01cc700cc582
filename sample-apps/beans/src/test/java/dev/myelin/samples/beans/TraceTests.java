package dev.myelin.samples.beans;

import static org.assertj.core.api.Assertions.assertThat;

import dev.myelin.callpath.Sides;
import dev.myelin.context.ContextCarrier;
import dev.myelin.context.ContextScope;
import dev.myelin.observation.CallObservationContext;
import dev.myelin.observation.CallObservationConvention;
import dev.myelin.observation.ServeObservationContext;
import dev.myelin.wire.ContextFields;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationHandler;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/// What an application adds of its own: a propagator, a convention, a carrier.
final class TraceTests {

  private static final String TRACE = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";

  /// The beans, and what observes them.
  @Configuration(proxyBeanMethods = false)
  @Import(BeansApplication.class)
  static class TracedApplication {

    @Bean
    List<String> seen() {
      return new ArrayList<>();
    }

    // as the handlers of Micrometer Tracing do, which have the propagator of the tracing library
    @Bean
    ObservationHandler<CallObservationContext> sending() {
      return new ObservationHandler<>() {
        @Override
        public void onStart(CallObservationContext context) {
          context
              .getSetter()
              .set(Objects.requireNonNull(context.getCarrier()), "traceparent", TRACE);
        }

        @Override
        public boolean supportsContext(Observation.Context context) {
          return context instanceof CallObservationContext;
        }
      };
    }

    @Bean
    ObservationHandler<ServeObservationContext> receiving(List<String> seen) {
      return new ObservationHandler<>() {
        @Override
        public void onStart(ServeObservationContext context) {
          seen.add(
              context.operation()
                  + " "
                  + context
                      .getGetter()
                      .get(Objects.requireNonNull(context.getCarrier()), "traceparent"));
        }

        @Override
        public boolean supportsContext(Observation.Context context) {
          return context instanceof ServeObservationContext;
        }
      };
    }

    @Bean
    CallObservationConvention convention() {
      return new CallObservationConvention() {
        @Override
        public String getName() {
          return "shop.call";
        }
      };
    }

    @Bean
    ContextCarrier carrier(List<String> seen) {
      return new ContextCarrier() {
        @Override
        public ContextFields write() {
          return ContextFields.of("shop.till", "7");
        }

        @Override
        public ContextScope restore(ContextFields fields) {
          seen.add("till " + fields.first("shop.till").orElse("none"));
          return () -> seen.add("till closed");
        }
      };
    }
  }

  @Test
  void traceAndOwnContextTravelAndTheConventionNamesTheCall() throws IOException {
    try (var sides = Sides.remote(TracedApplication.class)) {
      sides.caller().getBean(Hidden.class).found();

      assertThat(seen(sides)).containsExactly("hidden.found " + TRACE, "till 7", "till closed");
      assertThat(sides.caller().getBean(MeterRegistry.class).find("shop.call").timer()).isNotNull();
    }
  }

  @SuppressWarnings("unchecked") // the bean's own type
  private static List<String> seen(Sides sides) {
    return (List<String>) sides.host().getBean("seen");
  }
}
