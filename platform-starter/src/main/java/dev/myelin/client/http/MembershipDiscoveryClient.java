package dev.myelin.client.http;

import dev.myelin.client.Balance;
import dev.myelin.client.pick.Candidate;
import dev.myelin.membership.Resolver;
import dev.myelin.membership.Snapshot;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.springframework.cloud.client.ServiceInstance;
import org.springframework.cloud.client.discovery.DiscoveryClient;

/// Tells whoever asks Spring Cloud where the instances of a service take HTTP requests: those that
/// may be chosen for calls now. Thread-safe. The first question about a service may wait for the
/// answer.
public final class MembershipDiscoveryClient implements DiscoveryClient {

  private final Function<String, Balance> balances;
  private final Resolver resolver;
  private final List<String> services;
  private final Duration limit;

  /// Creates one.
  ///
  /// @param balances how the calls of a service are spread
  /// @param resolver knows its instances
  /// @param services names of the services that this process knows
  /// @param limit how long the first question about a service waits
  public MembershipDiscoveryClient(
      Function<String, Balance> balances,
      Resolver resolver,
      List<String> services,
      Duration limit) {
    this.balances = balances;
    this.resolver = resolver;
    this.services = List.copyOf(services);
    this.limit = limit;
  }

  @Override
  public String description() {
    return "Myelin's membership";
  }

  @Override
  public List<ServiceInstance> getInstances(String service) {
    awaitFirst(service);
    var endpoints = new HttpMembers(resolver, service).now().endpoints();
    return balances.apply(service).candidates().stream()
        .map(Candidate::id)
        .<ServiceInstance>mapMulti((id, sink) -> {
          var http = endpoints.get(id);
          if (http != null) {
            sink.accept(
                new HttpInstance(id.value(), service, http, Map.of(Attempt.INSTANCE, id.value())));
          }
        })
        .toList();
  }

  private void awaitFirst(String service) {
    if (resolver.snapshot(service).version() > 0) {
      return;
    }
    try {
      var _ = resolver.awaitChange(service, Snapshot.EMPTY, limit);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public List<String> getServices() {
    return services;
  }
}
