package dev.myelin.benchmarks.myelin;

import dev.myelin.Strategy;
import dev.myelin.client.BalanceSettings;
import dev.myelin.client.BalanceSettings.ServiceBalance;
import dev.myelin.client.ClientSettings;
import dev.myelin.contract.ServiceContracts;
import dev.myelin.wire.Endpoint;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Instances of one service in this process, each with a port of its own, and callers that choose
/// among them.
///
/// @param <S> type of the service
public final class Instances<S> implements AutoCloseable {
  private final Class<S> service;
  private final List<Runnable> open = new ArrayList<>();
  private final List<Endpoint> endpoints = new ArrayList<>();

  private Instances(Class<S> service) {
    this.service = service;
  }

  /// Opens an instance for each bean.
  public static <S> Instances<S> open(Class<S> service, List<? extends S> beans)
      throws IOException {
    var instances = new Instances<S>(service);
    for (var bean : beans) {
      var serving = MyelinServing.open(service, service.cast(bean));
      instances.open.add(serving::close);
      instances.endpoints.add(serving.endpoint());
    }
    return instances;
  }

  /// Opens a caller, which is closed with the instances.
  ///
  /// @param strategy how it chooses
  /// @param attempts attempts a call
  public S caller(Strategy strategy, int attempts) {
    var defaults = ClientSettings.defaults();
    var balance = defaults.balance();
    var client =
        MyelinClient.open(
            service,
            endpoints,
            new ClientSettings(
                attempts,
                defaults.connections(),
                defaults.connectTimeout(),
                new BalanceSettings(
                    balance.pickers(),
                    balance.ejection(),
                    balance.budget(),
                    Map.of(
                        ServiceContracts.of(service).name(),
                        new ServiceBalance(strategy, List.of(), 0.8)),
                    balance.others())));
    open.add(client::close);
    return client.standIn();
  }

  /// Opens a caller of an instance in another process, which is never closed.
  ///
  /// @param service type of the service
  /// @param endpoint where it listens
  public static <S> S callerOf(Class<S> service, Endpoint endpoint) {
    return MyelinClient.open(service, List.of(endpoint), ClientSettings.defaults()).standIn();
  }

  /// Where they listen, in the order of the beans.
  public List<Endpoint> endpoints() {
    return List.copyOf(endpoints);
  }

  @Override
  public void close() {
    open.reversed().forEach(Runnable::run);
  }
}
