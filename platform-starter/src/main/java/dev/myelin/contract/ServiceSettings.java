package dev.myelin.contract;

import dev.myelin.CallMode;
import dev.myelin.Kind;
import dev.myelin.Strategy;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.DefaultValue;

/// The properties `myelin.services.<name>.*`: each that is set wins over the attribute of the same
/// name in [dev.myelin.Microservice]; `strategy` is a property only. Flat, because its components
/// are the names of the properties.
///
/// @param external whether the gateway offers the operations as `POST /{service}/{operation}`
/// @param stateful whether calls of one transaction must reach the same instance
/// @param mode how calls travel
/// @param minInstances least number of instances kept running
/// @param maxInstances most instances that scaling may start; 0 = as many as min-instances
/// @param highWatermark congestion (calls in flight / concurrency) above which an instance is added
/// @param lowWatermark congestion below which an instance is retired
/// @param concurrency calls that one instance runs at a time
/// @param singleCore whether an instance is pinned to one core
/// @param cost relative weight of an instance when placing it on hosts
/// @param timeout time within which a call has to be answered
/// @param idempotent whether a call that may have run can be run again
/// @param placement hosts to prefer, best first
/// @param kind shape of the workload on Kubernetes
/// @param sidecars names of containers that run beside an instance on Kubernetes
/// @param strategy how callers choose the instance for a call
/// @param operations settings of single operations, by their name
public record ServiceSettings(
    @Nullable Boolean external,
    @Nullable Boolean stateful,
    @Nullable CallMode mode,
    @Nullable Integer minInstances,
    @Nullable Integer maxInstances,
    @Nullable Double highWatermark,
    @Nullable Double lowWatermark,
    @Nullable Integer concurrency,
    @Nullable Boolean singleCore,
    @Nullable Double cost,
    @Nullable Duration timeout,
    @Nullable Boolean idempotent,
    @Nullable List<String> placement,
    @Nullable Kind kind,
    @Nullable List<String> sidecars,
    @Nullable Strategy strategy,
    @DefaultValue Map<String, OperationSettings> operations) {

  /// No property is set.
  public static final ServiceSettings NONE =
      new ServiceSettings(
          null, null, null, null, null, null, null, null, null, null, null, null, null, null, null,
          null, Map.of());

  /// Copies the collections.
  public ServiceSettings {
    placement = placement == null ? null : List.copyOf(placement);
    sidecars = sidecars == null ? null : List.copyOf(sidecars);
    operations = Map.copyOf(operations);
  }

  /// The properties `myelin.services.<name>.operations.<operation>.*`, which hold for every
  /// operation of that name and win over [dev.myelin.Operation].
  ///
  /// @param idempotent whether a call that may have run can be run again
  /// @param timeout time within which a call has to be answered
  /// @param inline whether the operation runs on the thread that read its call from the network
  public record OperationSettings(
      @Nullable Boolean idempotent, @Nullable Duration timeout, @Nullable Boolean inline) {}
}
