package dev.myelin.autoconfigure;

import dev.myelin.client.NetworkClients;
import org.springframework.boot.actuate.autoconfigure.endpoint.condition.ConditionalOnAvailableEndpoint;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.cloud.context.environment.EnvironmentChangeEvent;
import org.springframework.context.ApplicationListener;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

/// Shows and changes how calls are spread while the process runs: by the actuator, and by
/// properties where Spring Cloud says that they have changed.
@AutoConfiguration(after = MyelinAutoConfiguration.class)
@ConditionalOnBean({NetworkClients.class, Balancing.class})
public final class BalanceAutoConfiguration {

  BalanceAutoConfiguration() {}

  @Bean
  RunningStrategies myelinRunningStrategies(NetworkClients clients, Balancing balancing) {
    return new RunningStrategies(clients, balancing);
  }

  /// The actuator's endpoint.
  @Configuration(proxyBeanMethods = false)
  @ConditionalOnClass({Endpoint.class, ConditionalOnAvailableEndpoint.class})
  static class Actuator {

    @Bean
    @ConditionalOnMissingBean
    @ConditionalOnAvailableEndpoint
    MyelinEndpoint myelinEndpoint(NetworkClients clients, RunningStrategies strategies) {
      return new MyelinEndpoint(clients, strategies);
    }
  }

  /// Properties that change.
  @Configuration(proxyBeanMethods = false)
  @ConditionalOnClass(EnvironmentChangeEvent.class)
  static class Refresh {

    // as a type of its own: the event's type has to be known without looking into the method
    @Bean
    StrategyRefresh myelinStrategyRefresh(RunningStrategies strategies, Environment environment) {
      return new StrategyRefresh(strategies, environment);
    }
  }

  /// Hears of changed properties.
  ///
  /// @param strategies what follows them
  /// @param environment where their values are
  record StrategyRefresh(RunningStrategies strategies, Environment environment)
      implements ApplicationListener<EnvironmentChangeEvent> {

    @Override
    public void onApplicationEvent(EnvironmentChangeEvent event) {
      strategies.refresh(event.getKeys(), environment);
    }
  }
}
