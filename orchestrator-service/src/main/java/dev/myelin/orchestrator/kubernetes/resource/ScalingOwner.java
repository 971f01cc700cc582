package dev.myelin.orchestrator.kubernetes.resource;

import com.fasterxml.jackson.annotation.JsonProperty;

/// Who sets the number of a service's instances.
public enum ScalingOwner {
  /// The orchestrator, by congestion.
  @JsonProperty("internal")
  INTERNAL,
  /// An autoscaler of the user's: HPA, KEDA.
  @JsonProperty("external")
  EXTERNAL
}
