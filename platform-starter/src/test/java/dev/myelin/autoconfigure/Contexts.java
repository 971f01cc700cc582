package dev.myelin.autoconfigure;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/// Contexts of the three kinds of process, with fakes for what calls and carries.
final class Contexts {

  private Contexts() {}

  static ApplicationContextRunner inProcess() {
    return new ApplicationContextRunner()
        .withConfiguration(AutoConfigurations.of(MyelinAutoConfiguration.class))
        .withUserConfiguration(Fakes.class);
  }

  static ApplicationContextRunner front() {
    return inProcess()
        .withPropertyValues("myelin.mode=process", "myelin.cluster.folder=target/cluster");
  }

  static ApplicationContextRunner hosting(String services) {
    return front().withPropertyValues("myelin.hosts=" + services);
  }

  @Configuration(proxyBeanMethods = false)
  static class Fakes {

    @Bean
    static RecordingClients recordingClients() {
      return new RecordingClients();
    }

    @Bean
    static PickyCodec pickyCodec() {
      return new PickyCodec();
    }
  }
}
