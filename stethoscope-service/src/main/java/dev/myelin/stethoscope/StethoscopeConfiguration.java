package dev.myelin.stethoscope;

import dev.myelin.client.CoreStandIns;
import dev.myelin.client.ServiceClients;
import dev.myelin.contract.ServiceContract;
import dev.myelin.membership.Resolver;
import dev.myelin.membership.SerialScheduler;
import dev.myelin.server.HostedServices;
import dev.myelin.stethoscope.measures.CalledMeasures;
import dev.myelin.stethoscope.vitals.SelfDoubt;
import dev.myelin.stethoscope.vitals.Ward;
import dev.myelin.wire.InstanceControl;
import dev.myelin.wire.InstanceId;
import dev.myelin.wire.Orchestrator;
import dev.myelin.wire.PubSub;
import dev.myelin.wire.ServiceNames;
import dev.myelin.wire.Stethoscope;
import java.util.List;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/// The stethoscope as a bean, for a process of its own and for one that holds all core services.
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(StethoscopeProperties.class)
public class StethoscopeConfiguration {

  @Bean
  CalledMeasures.Peers stethoscopePeers(
      ServiceClients clients,
      Resolver resolver,
      PubSub pubsub,
      ObjectProvider<CoreStandIns> standIns,
      StethoscopeSurroundings surroundings) {
    return new CalledMeasures.Peers(
        instance ->
            (InstanceControl)
                clients.standIn(control(surroundings.hosted().getObject()), instance.endpoint()),
        process ->
            standIns
                .getObject()
                .at(Stethoscope.class, process, surroundings.stethoscope()::getObject),
        () -> orchestrators(resolver, standIns.getObject(), surroundings.orchestrator()),
        pubsub);
  }

  @Bean
  StethoscopeSurroundings stethoscopeSurroundings(
      ObjectProvider<HostedServices> hosted,
      ObjectProvider<Stethoscope> stethoscope,
      ObjectProvider<Orchestrator> orchestrator) {
    return new StethoscopeSurroundings(hosted, stethoscope, orchestrator);
  }

  /// What is there only once the stethoscope is.
  ///
  /// @param hosted the services of this process
  /// @param stethoscope the one of this process
  /// @param orchestrator the one of this process, or a stand-in for any
  record StethoscopeSurroundings(
      ObjectProvider<HostedServices> hosted,
      ObjectProvider<Stethoscope> stethoscope,
      ObjectProvider<Orchestrator> orchestrator) {}

  @Bean(initMethod = "start", destroyMethod = "stop")
  Stethoscope stethoscope(
      StethoscopeProperties properties,
      InstanceId self,
      Resolver resolver,
      CalledMeasures.Peers peers) {
    var scheduler = SerialScheduler.onThread("myelin-stethoscope");
    var threads = Thread.ofVirtual().name("myelin-measure-", 0).factory();
    var measures = new CalledMeasures(peers, scheduler, task -> threads.newThread(task).start());
    var ward = new Ward(self, properties.thresholds(), measures, scheduler, new SelfDoubt());
    return new ListeningStethoscope(ward, resolver, scheduler);
  }

  private static List<Orchestrator> orchestrators(
      Resolver resolver, CoreStandIns standIns, ObjectProvider<Orchestrator> any) {
    var listed =
        resolver.snapshot(ServiceNames.ORCHESTRATOR).members().stream()
            .map(member -> standIns.at(Orchestrator.class, member.instance(), any::getObject))
            .toList();
    return listed.isEmpty() ? List.of(any.getObject()) : listed;
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
