package dev.myelin.callpath;

import dev.myelin.Deadline;
import dev.myelin.client.Absence;
import dev.myelin.client.BalanceSettings;
import dev.myelin.client.CallCounters;
import dev.myelin.client.CallFormats;
import dev.myelin.client.ClientSettings;
import dev.myelin.client.NetworkClients;
import dev.myelin.client.ProxyStandInFactory;
import dev.myelin.contract.LibraryFrames;
import dev.myelin.contract.ServiceContract;
import dev.myelin.contract.ServiceContracts;
import dev.myelin.faults.FaultProxy;
import dev.myelin.membership.Resolver;
import dev.myelin.membership.Snapshot;
import dev.myelin.observation.CallSurroundings;
import dev.myelin.server.AdmissionSettings;
import dev.myelin.server.CallServer;
import dev.myelin.server.HostedServices;
import dev.myelin.transport.Connection;
import dev.myelin.transport.FrameListener;
import dev.myelin.transport.NettyTransport;
import dev.myelin.transport.Sweeper;
import dev.myelin.transport.TransportSecurity;
import dev.myelin.transport.TransportSettings;
import dev.myelin.wire.Endpoint;
import dev.myelin.wire.Frame;
import dev.myelin.wire.Instance;
import dev.myelin.wire.InstanceId;
import dev.myelin.wire.InstanceState;
import dev.myelin.wire.Member;
import dev.myelin.wire.Role;
import dev.myelin.wire.codec.BinaryCodec;
import dev.myelin.wire.codec.ThrowableCodec;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiPredicate;
import java.util.function.Consumer;
import tools.jackson.databind.json.JsonMapper;

/// A caller, and any number of services with instances of their own, over real connections on
/// loopback in this JVM.
public final class CallPathScene implements AutoCloseable {

  static final int MAX_FRAME = 4 << 20;

  private final Sweeper sweeper = new Sweeper();
  private final NettyTransport transport;
  private final AdmissionSettings admission;
  private final Members members = new Members();
  private final BinaryCodec codec = new BinaryCodec();
  private final ThrowableCodec throwables =
      new ThrowableCodec(codec, frame -> !LibraryFrames.contains(frame));
  final CallCounters counters = new CallCounters();

  /// Starts with nobody, and unsecured connections.
  public CallPathScene() {
    this(TransportSecurity.none());
  }

  /// A scene all of whose processes have the same security.
  CallPathScene(TransportSecurity security) {
    this(
        new TransportSettings(MAX_FRAME, 64L << 20, 1, Duration.ofSeconds(30)),
        security,
        AdmissionSettings.defaults());
  }

  CallPathScene(TransportSettings settings, AdmissionSettings admission) {
    this(settings, TransportSecurity.none(), admission);
  }

  private CallPathScene(
      TransportSettings settings, TransportSecurity security, AdmissionSettings admission) {
    this.transport = new NettyTransport(settings, security);
    this.admission = admission;
  }

  /// Where the first instance of a service listens.
  Endpoint endpoint(String service) {
    return members.snapshot(service).members().getFirst().instance().endpoint();
  }

  /// Adds an instance that the test plays itself.
  void add(String service, Endpoint endpoint) {
    members.add(service, new InstanceId(service + "-" + members.count(service)), endpoint);
  }

  /// Forgets the instances of a service.
  void remove(String service) {
    members.remove(service);
  }

  /// What an instance of a service says to host.
  List<Frame.HostedService> hosted(Class<?> type) {
    return server(ServiceContracts.of(type), type, sweeper).hosted();
  }

  /// A caller with what it has learnt of the instances: each one is a process of its own.
  NetworkClients caller(BalanceSettings balance) {
    return caller(balance, Absence.UNNOTICED);
  }

  /// A caller that tells somebody of services without an instance.
  NetworkClients caller(BalanceSettings balance, Absence absence) {
    return new NetworkClients(
        new NetworkClients.Wiring(
            transport, () -> hello("caller", List.of()), sweeper, CallSurroundings.PLAIN, absence),
        new ProxyStandInFactory(),
        () -> members,
        new CallFormats(codec, throwables, MAX_FRAME),
        new ClientSettings(3, 1, Duration.ofSeconds(10), balance),
        counters);
  }

  /// A caller that takes the instances in turn.
  NetworkClients caller() {
    return caller(BalanceSettings.defaults());
  }

  /// Adds an instance.
  ///
  /// @param intercepts sees each frame first; true = it is not for the server any more
  <T> CallServer serve(Class<T> type, T bean, BiPredicate<Connection, Frame> intercepts)
      throws IOException {
    return serve(ServiceContracts.of(type), bean, intercepts);
  }

  <T> CallServer serve(Class<T> type, T bean) throws IOException {
    return serve(type, bean, (_, _) -> false);
  }

  /// Adds an instance behind a proxy.
  ///
  /// @param seed of the proxy
  <T> FaultProxy serveBehindProxy(Class<T> type, T bean, long seed) throws IOException {
    var contract = ServiceContracts.of(type);
    var server = server(contract, bean, sweeper);
    var id = new InstanceId(contract.name() + "-" + members.count(contract.name()));
    var endpoint =
        transport.listen(
            new Endpoint("127.0.0.1", 0), () -> hello(id.value(), server.hosted()), server);
    var proxy = FaultProxy.before(endpoint.port(), seed);
    members.add(contract.name(), id, new Endpoint("127.0.0.1", proxy.port()));
    return proxy;
  }

  /// Makes an instance known to the callers.
  void join(String service, InstanceId id, Endpoint endpoint) {
    members.add(service, id, endpoint);
  }

  /// Makes an instance unknown to the callers.
  void leave(String service, InstanceId id) {
    members.remove(service, id);
  }

  static CallServer server(ServiceContract contract, Object bean, Sweeper sweeper) {
    return server(contract, bean, sweeper, AdmissionSettings.defaults());
  }

  private static CallServer server(
      ServiceContract contract, Object bean, Sweeper sweeper, AdmissionSettings admission) {
    var codec = new BinaryCodec();
    return new CallServer(
        new HostedServices(List.of(new HostedServices.Hosted(contract, () -> bean))),
        new CallServer.Encoding(
            codec,
            new ThrowableCodec(codec, frame -> !LibraryFrames.contains(frame)),
            MAX_FRAME,
            CallSurroundings.PLAIN),
        JsonMapper.builder().build(),
        sweeper,
        admission);
  }

  private CallServer serve(
      ServiceContract contract, Object bean, BiPredicate<Connection, Frame> intercepts)
      throws IOException {
    var server = server(contract, bean, sweeper, admission);
    var id = contract.name() + "-" + members.count(contract.name());
    var endpoint =
        transport.listen(
            new Endpoint("127.0.0.1", 0),
            () -> hello(id, server.hosted()),
            new Intercepted(server, intercepts));
    members.add(contract.name(), new InstanceId(id), endpoint);
    return server;
  }

  static Frame.Hello hello(String id, List<Frame.HostedService> hosted) {
    return new Frame.Hello(Frame.Hello.VERSION, new InstanceId(id), "b", MAX_FRAME, hosted);
  }

  @Override
  public void close() {
    transport.close();
    sweeper.close();
  }

  private record Intercepted(CallServer server, BiPredicate<Connection, Frame> intercepts)
      implements FrameListener {

    @Override
    public void opened(Connection connection) {
      server.opened(connection);
    }

    @Override
    public void received(Connection connection, Frame frame) {
      if (!intercepts.test(connection, frame)) {
        server.received(connection, frame);
      }
    }

    @Override
    public void closed(Connection connection, String reason) {
      server.closed(connection, reason);
    }
  }

  private static final class Members implements Resolver {

    private final Map<String, Snapshot> snapshots = new HashMap<>();

    synchronized int count(String service) {
      return snapshot(service).members().size();
    }

    synchronized void add(String service, InstanceId id, Endpoint endpoint) {
      var process = new Instance.ProcessIdentity(Role.INSTANCE, 1, "b", Instant.EPOCH);
      var all = new ArrayList<>(snapshot(service).members());
      all.add(
          new Member(
              new Instance(id, List.of(service), endpoint, null, process), InstanceState.SERVING));
      snapshots.put(service, new Snapshot(snapshot(service).version() + 1, all));
      notifyAll();
    }

    synchronized void remove(String service, InstanceId id) {
      var left =
          snapshot(service).members().stream()
              .filter(member -> !member.instance().id().equals(id))
              .toList();
      snapshots.put(service, new Snapshot(snapshot(service).version() + 1, left));
      notifyAll();
    }

    synchronized void remove(String service) {
      snapshots.put(service, new Snapshot(snapshot(service).version() + 1, List.of()));
      notifyAll();
    }

    @Override
    public synchronized Snapshot snapshot(String service) {
      return snapshots.getOrDefault(service, Snapshot.EMPTY);
    }

    @Override
    public synchronized Snapshot awaitChange(String service, Snapshot known, Duration limit)
        throws InterruptedException {
      var deadline = Deadline.after(limit);
      while (snapshot(service).equals(known) && !deadline.expired()) {
        wait(Math.max(1, deadline.remaining().toMillis()));
      }
      return snapshot(service);
    }

    @Override
    public AutoCloseable listen(String service, Consumer<Snapshot> listener) {
      throw new UnsupportedOperationException("no test listens");
    }
  }
}
