package dev.myelin.samples.beans.elsewhere;

import dev.myelin.Microservice;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;

/// Makes the almanac a service unless the application has one of its own.
@AutoConfiguration
public final class AlmanacAutoConfiguration {

  AlmanacAutoConfiguration() {}

  @Bean
  @ConditionalOnMissingBean
  @Microservice("almanac")
  Almanac almanac() {
    return new Almanac();
  }
}
