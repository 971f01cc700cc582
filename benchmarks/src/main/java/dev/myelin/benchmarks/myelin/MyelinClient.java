package dev.myelin.benchmarks.myelin;

import dev.myelin.client.CallCounters;
import dev.myelin.client.CallFormats;
import dev.myelin.client.ClientSettings;
import dev.myelin.client.NetworkClients;
import dev.myelin.client.ProxyStandInFactory;
import dev.myelin.contract.ServiceContracts;
import dev.myelin.membership.Resolver;
import dev.myelin.wire.Endpoint;
import java.util.List;

/// A stand-in with the call path below it.
///
/// @param path the call path, owned by this object
/// @param standIn the stand-in
/// @param <S> type of the service
record MyelinClient<S>(CallPath path, S standIn) implements AutoCloseable {

  static <S> MyelinClient<S> open(Class<S> service, int port) {
    return open(service, port, CallPath.open(), ClientSettings.defaults().connections());
  }

  static <S> MyelinClient<S> open(Class<S> service, int port, CallPath path, int connections) {
    var members = members(service, List.of(new Endpoint("127.0.0.1", port)));
    var usual = ClientSettings.defaults();
    var settings =
        new ClientSettings(
            usual.maxAttempts(), connections, usual.connectTimeout(), usual.balance());
    return open(service, members, settings, path);
  }

  static <S> MyelinClient<S> open(
      Class<S> service, List<Endpoint> instances, ClientSettings settings) {
    return open(service, members(service, instances), settings);
  }

  static <S> MyelinClient<S> open(Class<S> service, Resolver resolver, ClientSettings settings) {
    return open(service, resolver, settings, CallPath.open());
  }

  private static Resolver members(Class<?> service, List<Endpoint> instances) {
    return new FixedMembership(ServiceContracts.of(service).name(), instances);
  }

  private static <S> MyelinClient<S> open(
      Class<S> service, Resolver resolver, ClientSettings settings, CallPath path) {
    var contract = ServiceContracts.of(service);
    var clients = clients(resolver, settings, path);
    return new MyelinClient<>(path, service.cast(clients.standIn(contract)));
  }

  static NetworkClients clients(Resolver resolver, ClientSettings settings, CallPath path) {
    return new NetworkClients(
        new NetworkClients.Wiring(
            path.transport(),
            () -> CallPath.hello("shop-1", List.of()),
            path.sweeper(),
            path.surroundings()),
        new ProxyStandInFactory(),
        () -> resolver,
        new CallFormats(path.codec(), path.throwables(), CallPath.MAX_FRAME),
        settings,
        new CallCounters());
  }

  @Override
  public void close() {
    path.close();
  }
}
