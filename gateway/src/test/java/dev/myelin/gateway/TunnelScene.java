package dev.myelin.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.myelin.client.BalanceSettings;
import dev.myelin.client.CallCounters;
import dev.myelin.client.CallFormats;
import dev.myelin.client.ClientSettings;
import dev.myelin.client.NetworkClients;
import dev.myelin.client.ProxyStandInFactory;
import dev.myelin.contract.LibraryFrames;
import dev.myelin.contract.ServiceContracts;
import dev.myelin.observation.CallSurroundings;
import dev.myelin.server.AdmissionSettings;
import dev.myelin.server.CallServer;
import dev.myelin.server.HostedServices;
import dev.myelin.transport.Dialer;
import dev.myelin.transport.NettyTransport;
import dev.myelin.transport.Sweeper;
import dev.myelin.transport.TransportSecurity;
import dev.myelin.transport.TransportSettings;
import dev.myelin.transport.TunnelEntrance;
import dev.myelin.wire.Endpoint;
import dev.myelin.wire.Frame;
import dev.myelin.wire.Instance;
import dev.myelin.wire.InstanceId;
import dev.myelin.wire.InstanceState;
import dev.myelin.wire.Member;
import dev.myelin.wire.Role;
import dev.myelin.wire.Tunnel;
import dev.myelin.wire.codec.BinaryCodec;
import dev.myelin.wire.codec.ThrowableCodec;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import tools.jackson.databind.json.JsonMapper;

/// An instance inside, and callers outside that have no way to it but a gateway's tunnels: their
/// transport dials nothing else.
final class TunnelScene implements AutoCloseable {

  static final String TOKEN = "a-token-of-this-test";
  static final String SECOND_TOKEN = "another-token-of-this-test";

  private static final int MAX_FRAME = 4 << 20;

  final FakeMembership outside = new FakeMembership();
  private final Sweeper sweeper = new Sweeper();
  private final BinaryCodec codec = new BinaryCodec();
  private final ThrowableCodec throwables =
      new ThrowableCodec(codec, frame -> !LibraryFrames.contains(frame));
  private final TransportSettings settings =
      new TransportSettings(MAX_FRAME, 64L << 20, 1, Duration.ofSeconds(30));
  private final NettyTransport inside;

  TunnelScene(TransportSecurity security) {
    this.inside = new NettyTransport(settings, security);
  }

  /// A gateway with tunnels, for those who have one of the two tokens.
  static RunningGateway gateway(String... further) {
    var arguments = new ArrayList<String>();
    arguments.add("--myelin.core.gateway.tunnel.enabled=true");
    arguments.add("--myelin.core.gateway.tunnel.tokens=" + TOKEN + "," + SECOND_TOKEN);
    arguments.addAll(Arrays.asList(further));
    return new RunningGateway(arguments.toArray(String[]::new));
  }

  /// Returns when something is the case.
  static void await(BooleanSupplier condition) throws InterruptedException {
    var end = System.nanoTime() + Duration.ofSeconds(60).toNanos();
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).as("in time").isLessThan(end);
      Thread.sleep(20);
    }
  }

  /// An instance on loopback, which only a gateway is told how to reach.
  <T> Member serve(Class<T> type, T bean) throws IOException {
    var contract = ServiceContracts.of(type);
    var server =
        new CallServer(
            new HostedServices(List.of(new HostedServices.Hosted(contract, () -> bean))),
            new CallServer.Encoding(codec, throwables, MAX_FRAME, CallSurroundings.PLAIN),
            JsonMapper.builder().build(),
            sweeper,
            AdmissionSettings.defaults());
    var endpoint =
        inside.listen(new Endpoint("127.0.0.1", 0), () -> hello(server.hosted()), server);
    return member(contract.name(), endpoint);
  }

  static Member member(String service, Endpoint endpoint) {
    return new Member(
        new Instance(
            new InstanceId(service + "-" + endpoint.port()),
            List.of(service),
            endpoint,
            null,
            new Instance.ProcessIdentity(Role.INSTANCE, 1, "b", Instant.EPOCH)),
        InstanceState.SERVING);
  }

  /// Callers that enter by a gateway.
  Outside outside(URI gateway, String token) {
    return outside(() -> gateway, token, TransportSecurity.none());
  }

  Outside outside(
      java.util.function.Supplier<URI> gateway, String token, TransportSecurity security) {
    TunnelEntrance entrance =
        () -> new TunnelEntrance.Way(gateway.get(), Map.of(Tunnel.TOKEN, token), null);
    var transport = new NettyTransport(settings, security, Dialer.through(entrance));
    var clients =
        new NetworkClients(
            new NetworkClients.Wiring(
                transport, () -> hello(List.of()), sweeper, CallSurroundings.PLAIN),
            new ProxyStandInFactory(),
            () -> outside,
            new CallFormats(codec, throwables, MAX_FRAME),
            new ClientSettings(3, 1, Duration.ofSeconds(30), BalanceSettings.defaults()),
            new CallCounters());
    return new Outside(transport, clients);
  }

  record Outside(NettyTransport transport, NetworkClients clients) implements AutoCloseable {

    <T> T standIn(Class<T> type) {
      return type.cast(clients.standIn(ServiceContracts.of(type)));
    }

    @Override
    public void close() {
      transport.close();
    }
  }

  private static Frame.Hello hello(List<Frame.HostedService> hosted) {
    return new Frame.Hello(Frame.Hello.VERSION, new InstanceId("x"), "b", MAX_FRAME, hosted);
  }

  @Override
  public void close() {
    inside.close();
    sweeper.close();
  }
}
