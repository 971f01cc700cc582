package dev.myelin.client;

import dev.myelin.Strategy;
import dev.myelin.client.pick.EjectionSettings;
import dev.myelin.client.pick.Pickers;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/// How calls are spread over instances, and how often they are repeated.
///
/// @param pickers makes what chooses
/// @param ejection when a failing instance is left out
/// @param budget how much load may be repeated
/// @param services what holds for single services, by their names
/// @param others what holds for all others
public record BalanceSettings(
    Pickers pickers,
    EjectionSettings ejection,
    BudgetSettings budget,
    Map<String, ServiceBalance> services,
    ServiceBalance others) {

  /// Copies the services.
  public BalanceSettings {
    services = Map.copyOf(services);
  }

  /// Round robin for every service.
  public static BalanceSettings defaults() {
    return new BalanceSettings(
        new Pickers(Duration.ofSeconds(10), "127.0.0.1"),
        EjectionSettings.defaults(),
        BudgetSettings.defaults(),
        Map.of(),
        ServiceBalance.DEFAULT);
  }

  /// What holds for a service.
  ServiceBalance of(String service) {
    return services.getOrDefault(service, others);
  }

  /// How the calls of one service are spread.
  ///
  /// @param strategy how an instance is chosen
  /// @param hosts preferred hosts, best first
  /// @param threshold congestion above which a preferred instance gives calls away
  public record ServiceBalance(Strategy strategy, List<String> hosts, double threshold) {

    /// Round robin.
    public static final ServiceBalance DEFAULT =
        new ServiceBalance(Strategy.ROUND_ROBIN, List.of(), 0.8);

    /// Copies the hosts.
    public ServiceBalance {
      hosts = List.copyOf(hosts);
    }
  }
}
