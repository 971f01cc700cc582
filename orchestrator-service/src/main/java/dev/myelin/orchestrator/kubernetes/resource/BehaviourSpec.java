package dev.myelin.orchestrator.kubernetes.resource;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import dev.myelin.CallMode;
import dev.myelin.wire.ApplicationDescription.Scaling;
import java.time.Duration;

/// The attributes of a service, as on the annotation.
///
/// @param external whether the gateway offers the operations
/// @param stateful whether calls of one transaction must reach the same instance
/// @param mode how calls travel
/// @param minInstances least number of instances
/// @param maxInstances most; 0 = as many as [#minInstances()]
/// @param highWatermark congestion above which instances are added
/// @param lowWatermark congestion below which one is retired
/// @param concurrency calls that an instance runs at a time
/// @param timeout time within which a call has to be answered: `500ms`, `1m30s`
/// @param scaling who sets the number of instances
@JsonIgnoreProperties(ignoreUnknown = true)
public record BehaviourSpec(
    Boolean external,
    Boolean stateful,
    CallMode mode,
    Integer minInstances,
    Integer maxInstances,
    Double highWatermark,
    Double lowWatermark,
    Integer concurrency,
    String timeout,
    ScalingOwner scaling) {

  /// Puts defaults where nothing is given.
  public BehaviourSpec {
    external = Absent.or(external, false);
    stateful = Absent.or(stateful, false);
    mode = Absent.or(mode, CallMode.SYNC);
    minInstances = Absent.or(minInstances, 1);
    maxInstances = Absent.or(maxInstances, 0);
    highWatermark = Absent.or(highWatermark, 0.8);
    lowWatermark = Absent.or(lowWatermark, 0.3);
    concurrency = Absent.or(concurrency, 1024);
    timeout = Absent.or(timeout, "30s");
    scaling = Absent.or(scaling, ScalingOwner.INTERNAL);
  }

  /// How many instances there may be, and when that changes.
  ///
  /// @throws IllegalArgumentException if the numbers contradict each other, which no schema can say
  @JsonIgnore
  public Scaling limits() {
    int most = maxInstances == 0 ? Math.max(1, minInstances) : maxInstances;
    return new Scaling(minInstances, most, highWatermark, lowWatermark, concurrency);
  }

  /// Time within which a call has to be answered.
  ///
  /// @throws IllegalArgumentException if it is none
  @JsonIgnore
  public Duration limit() {
    return Durations.parse("timeout", timeout);
  }
}
