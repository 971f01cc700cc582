package dev.myelin.stethoscope;

import dev.myelin.client.ServiceClients;
import dev.myelin.contract.ServiceContract;
import dev.myelin.membership.Resolver;
import dev.myelin.membership.SerialScheduler;
import dev.myelin.server.HostedServices;
import dev.myelin.stethoscope.measures.CalledMeasures;
import dev.myelin.stethoscope.vitals.Ward;
import dev.myelin.wire.Orchestrator;
import dev.myelin.wire.PubSub;
import dev.myelin.wire.ServiceNames;
import dev.myelin.wire.Stethoscope;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/// The stethoscope as a bean, for a process of its own and for one that holds all core services.
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(StethoscopeProperties.class)
public class StethoscopeConfiguration {

  @Bean(initMethod = "start", destroyMethod = "stop")
  Stethoscope stethoscope(
      StethoscopeProperties properties,
      ServiceClients clients,
      Resolver resolver,
      PubSub pubsub,
      ObjectProvider<Orchestrator> orchestrator,
      ObjectProvider<HostedServices> hosted) {
    var scheduler = SerialScheduler.onThread("myelin-stethoscope");
    var threads = Thread.ofVirtual().name("myelin-measure-", 0).factory();
    var measures =
        new CalledMeasures(
            clients,
            () -> control(hosted.getObject()),
            pubsub,
            orchestrator::getObject,
            scheduler,
            task -> threads.newThread(task).start());
    return new ListeningStethoscope(
        new Ward(properties.thresholds(), measures, scheduler), resolver, scheduler);
  }

  // Every process hosts it, this one too, so its contract is at hand
  private static ServiceContract control(HostedServices hosted) {
    return hosted.services().stream()
        .map(HostedServices.Hosted::contract)
        .filter(contract -> contract.name().equals(ServiceNames.INSTANCE))
        .findFirst()
        .orElseThrow();
  }
}
