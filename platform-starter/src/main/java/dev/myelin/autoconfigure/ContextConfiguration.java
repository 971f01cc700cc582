package dev.myelin.autoconfigure;

import dev.myelin.context.AuthenticationCarrier;
import dev.myelin.context.BaggageCarrier;
import dev.myelin.context.CallContexts;
import dev.myelin.context.ContextCarrier;
import dev.myelin.context.LocaleCarrier;
import dev.myelin.observation.CallObserver;
import dev.myelin.observation.CallSurroundings;
import io.micrometer.tracing.Tracer;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.core.context.SecurityContextHolder;

/// What travels with a call beside its arguments.
@Configuration(proxyBeanMethods = false)
@Conditional(OnRemoteCondition.class)
class ContextConfiguration {

  @Bean
  CallContexts myelinCallContexts(ObjectProvider<ContextCarrier> carriers) {
    return new CallContexts(carriers.orderedStream().toList());
  }

  @Bean
  CallSurroundings myelinCallSurroundings(
      CallContexts contexts, ObjectProvider<CallObserver> observer) {
    return new CallSurroundings(contexts, observer.getIfAvailable());
  }

  @Bean
  @ConditionalOnBooleanProperty(name = "myelin.context.locale", matchIfMissing = true)
  LocaleCarrier myelinLocaleCarrier() {
    return new LocaleCarrier();
  }

  /// Who calls.
  @Configuration(proxyBeanMethods = false)
  @ConditionalOnClass(SecurityContextHolder.class)
  @ConditionalOnBooleanProperty("myelin.context.authentication")
  static class Authentication {

    @Bean
    AuthenticationCarrier myelinAuthenticationCarrier() {
      return new AuthenticationCarrier();
    }
  }

  /// Baggage, where there is a tracer that keeps it.
  @Configuration(proxyBeanMethods = false)
  @ConditionalOnClass(Tracer.class)
  static class Baggage {

    @Bean
    ContextCarrier myelinBaggageCarrier(
        ObjectProvider<Tracer> tracer, ContextProperties properties) {
      return new BaggageCarrier(tracer.getIfAvailable(() -> Tracer.NOOP), properties.baggage());
    }
  }
}
