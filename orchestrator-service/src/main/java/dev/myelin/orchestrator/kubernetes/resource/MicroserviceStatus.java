package dev.myelin.orchestrator.kubernetes.resource;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What became of a service.
///
/// @param observedGeneration generation of the resource that the status speaks of
/// @param desired instances there should be
/// @param ready instances that take calls
/// @param inFlight calls that run or wait
/// @param congestion calls in flight / concurrency, with two digits; absent where nothing was heard
/// @param conditions what is the case and what is not
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonIgnoreProperties(ignoreUnknown = true)
public record MicroserviceStatus(
    @Nullable Long observedGeneration,
    @Nullable Integer desired,
    @Nullable Integer ready,
    @Nullable Integer inFlight,
    @Nullable String congestion,
    List<Condition> conditions) {

  /// Copies the conditions.
  public MicroserviceStatus {
    conditions = Absent.list(conditions);
  }

  /// One thing that is the case, is not, or is not known.
  ///
  /// @param type what
  /// @param status `True`, `False` or `Unknown`
  /// @param reason why, as one word
  /// @param message why, for people
  /// @param lastTransitionTime since when
  /// @param observedGeneration generation of the resource that it speaks of
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Condition(
      String type,
      String status,
      String reason,
      String message,
      @Nullable String lastTransitionTime,
      @Nullable Long observedGeneration) {

    /// Whether it says the same, whenever that began.
    ///
    /// @param other another of the same type
    public boolean sameAs(Condition other) {
      return type.equals(other.type)
          && status.equals(other.status)
          && reason.equals(other.reason)
          && message.equals(other.message);
    }
  }
}
