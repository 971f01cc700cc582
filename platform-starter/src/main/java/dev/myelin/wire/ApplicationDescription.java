package dev.myelin.wire;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.myelin.CallMode;
import dev.myelin.Kind;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// An application's services, operations and attributes, as `--myelin.describe` prints them.
///
/// @param application `spring.application.name`, or the name of the main class
/// @param build identifies what it was built from
/// @param services in order of their names
public record ApplicationDescription(String application, String build, List<Service> services) {

  /// Copies the services.
  public ApplicationDescription {
    services = List.copyOf(services);
  }

  /// One service.
  ///
  /// @param name its name
  /// @param type fully qualified name of the type that callers see
  /// @param attributes what was declared of it, properties already applied
  /// @param operations in order of their keys
  public record Service(
      String name, String type, Attributes attributes, List<Operation> operations) {

    /// What the keys of those operations begin with that a type of objects has beside its methods.
    public static final String OBJECTS = "objects.";

    /// Copies the operations.
    public Service {
      operations = List.copyOf(operations);
    }

    /// Whether it is a type of objects, called under `/objects/{type}`.
    public boolean ofObjects() {
      return operations.stream().anyMatch(operation -> operation.key().startsWith(OBJECTS));
    }
  }

  /// What is declared of a service.
  ///
  /// @param external whether the gateway offers it
  /// @param stateful whether calls of one transaction reach the same instance
  /// @param mode how calls travel
  /// @param scaling how many instances run, and when that changes
  /// @param placement where they run
  public record Attributes(
      boolean external, boolean stateful, CallMode mode, Scaling scaling, Placement placement) {}

  /// How many instances run.
  ///
  /// @param minInstances least number, ≥ 0
  /// @param maxInstances most, ≥ [#minInstances()] and ≥ 1
  /// @param highWatermark congestion above which one is added, > [#lowWatermark()]
  /// @param lowWatermark congestion below which one is retired, ≥ 0
  /// @param concurrency calls an instance runs at a time, ≥ 1
  public record Scaling(
      int minInstances,
      int maxInstances,
      double highWatermark,
      double lowWatermark,
      int concurrency) {

    /// Checks the limits.
    public Scaling {
      require(minInstances >= 0, "minInstances", minInstances, "at least 0");
      require(
          maxInstances >= Math.max(1, minInstances),
          "maxInstances",
          maxInstances,
          "at least 1 and at least minInstances (" + minInstances + ")");
      require(lowWatermark >= 0, "lowWatermark", lowWatermark, "at least 0");
      require(
          highWatermark > lowWatermark,
          "highWatermark",
          highWatermark,
          "more than lowWatermark (" + lowWatermark + ")");
      require(concurrency >= 1, "concurrency", concurrency, "at least 1");
    }

    private static void require(boolean holds, String what, Object found, String expected) {
      if (!holds) {
        throw new IllegalArgumentException(
            "%s is %s but must be %s".formatted(what, found, expected));
      }
    }
  }

  /// Where instances run.
  ///
  /// @param singleCore whether an instance is pinned to one core
  /// @param cost relative weight of an instance, > 0
  /// @param preferredHosts hosts to prefer, best first
  /// @param kind workload on Kubernetes
  /// @param sidecars containers beside it on Kubernetes
  public record Placement(
      boolean singleCore,
      double cost,
      List<String> preferredHosts,
      Kind kind,
      List<String> sidecars) {

    /// Checks the cost and copies the lists.
    public Placement {
      if (!(cost > 0)) {
        throw new IllegalArgumentException("cost is %s but must be more than 0".formatted(cost));
      }
      preferredHosts = List.copyOf(preferredHosts);
      sidecars = List.copyOf(sidecars);
    }
  }

  /// One operation.
  ///
  /// @param name name of the method
  /// @param key name with the erased parameter types, unique within the service:
  ///   `price(a.b.Basket)`
  /// @param parameters in order
  /// @param result generic type of the result
  /// @param rules how it may be called
  /// @param stickyKey name of the parameter by which a sticky service chooses the instance; null =
  ///   none
  public record Operation(
      String name,
      String key,
      List<Parameter> parameters,
      String result,
      Rules rules,
      @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String stickyKey) {

    /// Copies the parameters.
    public Operation {
      parameters = List.copyOf(parameters);
    }
  }

  /// One parameter.
  ///
  /// @param name its name in the source
  /// @param type its generic type
  public record Parameter(String name, String type) {}

  /// How an operation may be called.
  ///
  /// @param idempotent whether a call that may have run can be retried
  /// @param timeout time within which a call has to be answered, > 0
  public record Rules(boolean idempotent, Duration timeout) {

    /// Checks the timeout.
    public Rules {
      if (timeout.isNegative() || timeout.isZero()) {
        throw new IllegalArgumentException(
            "timeout is %s but must be more than 0".formatted(timeout));
      }
    }
  }
}
