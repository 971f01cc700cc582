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
/// @param failures the last failed start of each service that has not served for long enough since
public record ClusterView(
    Map<String, List<InstanceView>> services, CallTotals calls, List<StartFailure> failures) {

  /// Copies the failures.
  public ClusterView {
    // a sender that knows of none leaves them out
    failures = failures == null ? List.of() : List.copyOf(failures);
  }

  /// A cluster in which every start has succeeded.
  ///
  /// @param services instances of each service, by name
  /// @param calls calls that left the processes
  public ClusterView(Map<String, List<InstanceView>> services, CallTotals calls) {
    this(services, calls, List.of());
  }

  /// One instance.
  ///
  /// @param id its identity
  /// @param pid process id
  /// @param address where it takes calls, once known
  /// @param state what may be sent to it
  /// @param inFlight calls of the service that run or wait there
  /// @param startedAt when it was started
  /// @param version of which version of the application it is; empty where that is not known
  public record InstanceView(
      InstanceId id,
      long pid,
      @Nullable String address,
      InstanceState state,
      int inFlight,
      Instant startedAt,
      String version) {

    /// Takes an absent version for an unknown one.
    public InstanceView {
      version = version == null ? "" : version;
    }

    /// An instance of an unknown version.
    ///
    /// @param id its identity
    /// @param pid process id
    /// @param address where it takes calls, once known
    /// @param state what may be sent to it
    /// @param inFlight calls of the service that run or wait there
    /// @param startedAt when it was started
    public InstanceView(
        InstanceId id,
        long pid,
        @Nullable String address,
        InstanceState state,
        int inFlight,
        Instant startedAt) {
      this(id, pid, address, state, inFlight, startedAt, "");
    }
  }
}
