package dev.myelin.wire;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The cluster as people see it.
///
/// @param services instances of each service, by name; fronts and core services included
/// @param calls calls that left the processes now running, and those ended, as far as they were
///   heard of
public record ClusterView(Map<String, List<InstanceView>> services, CallTotals calls) {

  /// One instance.
  ///
  /// @param id its identity
  /// @param pid process id
  /// @param address where it takes calls, once known
  /// @param state what may be sent to it
  /// @param inFlight calls of the service that run or wait there
  /// @param startedAt when it was started
  public record InstanceView(
      InstanceId id,
      long pid,
      @Nullable String address,
      InstanceState state,
      int inFlight,
      Instant startedAt) {}
}
