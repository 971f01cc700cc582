package dev.myelin.autoconfigure;

import dev.myelin.client.ProxyStandInFactory;
import dev.myelin.client.StandInFactory;
import dev.myelin.contract.DeclaredServices;
import dev.myelin.persistence.Entities;
import dev.myelin.server.HostedServices;
import dev.myelin.wire.ApplicationDescription;
import dev.myelin.wire.InstanceId;
import dev.myelin.wire.codec.BinaryCodec;
import dev.myelin.wire.codec.Codec;
import java.util.HexFormat;
import java.util.Locale;
import java.util.concurrent.ThreadLocalRandom;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.core.env.Environment;
import org.springframework.scheduling.annotation.ScheduledAnnotationBeanPostProcessor;

/// Makes the annotated beans of an application services, and the process a part of a cluster where
/// `myelin.mode` says so. In-process it adds a few beans that nobody calls. Names of beans have a
/// prefix: they share one name space with the application's.
@AutoConfiguration
@EnableConfigurationProperties({
  MyelinProperties.class,
  LifecycleProperties.class,
  ClusterProperties.class,
  CoreProperties.class,
  ClientProperties.class,
  AdmissionProperties.class,
  WireProperties.class,
  SslProperties.class,
  ContextProperties.class,
  ObservationProperties.class
})
@Import({
  InstanceConfiguration.class,
  SecurityConfiguration.class,
  CallPathConfiguration.class,
  ContextConfiguration.class,
  MembershipConfiguration.class
})
public final class MyelinAutoConfiguration {

  MyelinAutoConfiguration() {}

  // in-process, too: there it tells which services could not be hosted elsewhere
  @Bean
  @ConditionalOnMissingBean
  static Codec myelinCodec() {
    var loader = MyelinAutoConfiguration.class.getClassLoader();
    return new BinaryCodec(SpringDataTypes.surrogates(loader), Entities.associations(loader));
  }

  @Bean
  static ServiceDefinitions myelinServiceDefinitions(Environment environment) {
    return new ServiceDefinitions(environment);
  }

  @Bean
  static DeclaredServices myelinDeclaredServices(ServiceDefinitions definitions) {
    return definitions.declared();
  }

  @Bean
  static HostedServices myelinHostedServices(ServiceDefinitions definitions) {
    return definitions.hosted();
  }

  @Bean
  static ApplicationDescription myelinApplicationDescription(ServiceDefinitions definitions) {
    return definitions.description();
  }

  @Bean
  static StandInSchedules myelinStandInSchedules(
      BeanFactory beans,
      ServiceDefinitions definitions,
      ObjectProvider<ScheduledAnnotationBeanPostProcessor> processors) {
    return new StandInSchedules(beans, definitions, processors);
  }

  @Bean
  @ConditionalOnMissingBean
  static StandInFactory myelinStandInFactory() {
    return new ProxyStandInFactory();
  }

  @Bean
  @ConditionalOnMissingBean
  static InstanceId myelinInstanceId(
      MyelinProperties properties, ApplicationDescription application, Environment environment) {
    var given = properties.instanceId();
    return PodAddress.id(environment, given)
        .orElseGet(() ->
            new InstanceId(given == null || given.isBlank() ? generated(application) : given));
  }

  private static String generated(ApplicationDescription application) {
    var name =
        application
            .application()
            .toLowerCase(Locale.ROOT)
            .replaceAll("[^a-z0-9]+", "-")
            .replaceAll("^-|-$", "");
    return "%s-%d-%s"
        .formatted(
            name.isEmpty() ? "app" : name.substring(0, Math.min(name.length(), 60)),
            ProcessHandle.current().pid(),
            HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextInt()));
  }
}
