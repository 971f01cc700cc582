package dev.myelin.autoconfigure;

import dev.myelin.client.CallCounters;
import dev.myelin.client.CallFormats;
import dev.myelin.client.ClientSettings;
import dev.myelin.client.DemandNotice;
import dev.myelin.client.NetworkClients;
import dev.myelin.client.ServiceClients;
import dev.myelin.client.StandInFactory;
import dev.myelin.contract.DeclaredServices;
import dev.myelin.contract.LibraryFrames;
import dev.myelin.membership.Resolver;
import dev.myelin.observation.CallSurroundings;
import dev.myelin.server.AdmissionSettings;
import dev.myelin.server.CallServer;
import dev.myelin.server.HostedServices;
import dev.myelin.transport.Dialer;
import dev.myelin.transport.NettyTransport;
import dev.myelin.transport.Sweeper;
import dev.myelin.transport.Transport;
import dev.myelin.transport.TransportSecurity;
import dev.myelin.transport.TransportSettings;
import dev.myelin.wire.ApplicationDescription;
import dev.myelin.wire.Frame;
import dev.myelin.wire.InstanceId;
import dev.myelin.wire.Orchestrator;
import dev.myelin.wire.codec.Codec;
import dev.myelin.wire.codec.ThrowableCodec;
import java.util.List;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;
import tools.jackson.databind.json.JsonMapper;

/// The way of a call, out of this process and into it. Names of beans have a prefix: they share one
/// name space with the application's.
@Configuration(proxyBeanMethods = false)
@Conditional(OnRemoteCondition.class)
class CallPathConfiguration {

  private static final int LEAST_QUEUED_FRAMES = 4;

  @Bean
  @ConditionalOnMissingBean
  ThrowableCodec myelinThrowableCodec(Codec codec) {
    return new ThrowableCodec(codec, frame -> !LibraryFrames.contains(frame));
  }

  @Bean
  @ConditionalOnMissingBean
  Transport myelinCallTransport(
      WireProperties wire,
      ClientProperties client,
      TransportSecurity security,
      ObjectProvider<Dialer> dialer) {
    var defaults = TransportSettings.defaults();
    int maxFrame = Math.toIntExact(wire.maxFrameSize().toBytes());
    return new NettyTransport(
        new TransportSettings(
                maxFrame,
                Math.max(defaults.maxQueued(), (long) LEAST_QUEUED_FRAMES * maxFrame),
                defaults.eventLoops(),
                client.pingInterval())
            .withMaxConnections(OpenFiles.connections(wire.maxConnections())),
        security,
        dialer.getIfAvailable(Dialer::direct));
  }

  @Bean
  Sweeper myelinDeadlineSweeper() {
    return new Sweeper();
  }

  @Bean
  CallCounters myelinCallCounters() {
    return new CallCounters();
  }

  @Bean
  Greeting myelinGreeting(
      InstanceId id,
      ApplicationDescription application,
      WireProperties wire,
      ObjectProvider<CallServer> server) {
    return new Greeting(
        id, application.build(), Math.toIntExact(wire.maxFrameSize().toBytes()), server);
  }

  /// What this process says of itself on each connection.
  ///
  /// @param id who it is
  /// @param build what it was built from
  /// @param maxFrame longest frame it takes, in bytes
  /// @param server knows what it hosts
  record Greeting(InstanceId id, String build, int maxFrame, ObjectProvider<CallServer> server) {

    /// To a server: a caller hosts nothing for it.
    Frame.Hello toServer() {
      return new Frame.Hello(Frame.Hello.VERSION, id, build, maxFrame, List.of());
    }

    /// To a caller.
    Frame.Hello toCaller() {
      return new Frame.Hello(Frame.Hello.VERSION, id, build, maxFrame, server.getObject().hosted());
    }
  }

  @Bean
  @ConditionalOnMissingBean(ServiceClients.class)
  NetworkClients myelinServiceClients(
      Transport transport,
      Greeting greeting,
      Sweeper sweeper,
      StandInFactory standIns,
      ObjectProvider<Resolver> resolver,
      CallPath path,
      CallSurroundings surroundings,
      ObjectProvider<Orchestrator> orchestrator) {
    var absence =
        new DemandNotice(orchestrator::getObject, Thread::startVirtualThread, System::nanoTime);
    return new NetworkClients(
        new NetworkClients.Wiring(transport, greeting::toServer, sweeper, surroundings, absence),
        standIns,
        resolver::getObject,
        path.formats(),
        path.settings(),
        path.counters());
  }

  /// What calls leave with.
  ///
  /// @param formats of arguments, results and exceptions
  /// @param settings limits
  /// @param counters counts the calls
  record CallPath(CallFormats formats, ClientSettings settings, CallCounters counters) {}

  @Bean
  Balancing myelinBalancing(
      MyelinProperties myelin, ClientProperties client, DeclaredServices declared) {
    return new Balancing(myelin, client, declared);
  }

  @Bean
  CallPath myelinCallPath(
      Codec codec,
      ThrowableCodec throwables,
      WireProperties wire,
      Balancing balancing,
      CallCounters counters) {
    var client = balancing.client();
    int maxFrame = Math.toIntExact(wire.maxFrameSize().toBytes());
    return new CallPath(
        new CallFormats(codec, throwables, maxFrame),
        new ClientSettings(
            client.maxAttempts(),
            client.connections(),
            client.connectTimeout(),
            balancing.settings()),
        counters);
  }

  @Bean
  CallServer myelinCallServer(
      HostedServices hosted,
      Codec codec,
      ThrowableCodec throwables,
      WireProperties wire,
      ObjectProvider<JsonMapper> json,
      Sweeper sweeper,
      CallSurroundings surroundings,
      AdmissionProperties admission) {
    int maxFrame = Math.toIntExact(wire.maxFrameSize().toBytes());
    return new CallServer(
        hosted,
        new CallServer.Encoding(codec, throwables, maxFrame, surroundings),
        json.getIfAvailable(() -> JsonMapper.builder().build()),
        sweeper,
        new AdmissionSettings(
            admission.queue(),
            admission.longestWait(),
            admission.adaptive(),
            AdmissionSettings.Bounds.of(wire.maxStreams(), maxFrame)));
  }
}
