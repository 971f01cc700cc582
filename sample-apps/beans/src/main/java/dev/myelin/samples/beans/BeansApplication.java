package dev.myelin.samples.beans;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.cache.annotation.EnableCaching;
import org.springframework.resilience.annotation.EnableResilientMethods;
import org.springframework.scheduling.annotation.EnableAsync;
import org.springframework.security.config.annotation.method.configuration.EnableMethodSecurity;

/// An application of nothing but services.
@SpringBootApplication
@EnableAsync
@EnableCaching
@EnableMethodSecurity
@EnableResilientMethods
public class BeansApplication {

  BeansApplication() {}

  /// Starts the application.
  ///
  /// @param arguments of the command line
  public static void main(String[] arguments) {
    SpringApplication.run(BeansApplication.class, arguments);
  }
}
