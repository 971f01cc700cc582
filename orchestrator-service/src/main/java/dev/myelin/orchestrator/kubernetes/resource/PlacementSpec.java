package dev.myelin.orchestrator.kubernetes.resource;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.myelin.Kind;
import io.fabric8.kubernetes.api.model.ResourceRequirements;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Where instances run, and as what.
///
/// @param singleCore whether an instance is pinned to one core
/// @param cost relative weight of an instance
/// @param preferred nodes to prefer, best first: a label as `key=value`, or a node's name
/// @param kind shape of the workload
/// @param resources requests and limits, instead of those that follow from the cost
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@JsonIgnoreProperties(ignoreUnknown = true)
public record PlacementSpec(
    Boolean singleCore,
    Double cost,
    @JsonProperty("placement") List<String> preferred,
    Kind kind,
    @Nullable ResourceRequirements resources) {

  /// Puts defaults where nothing is given.
  public PlacementSpec {
    singleCore = Absent.or(singleCore, false);
    cost = Absent.or(cost, 1.0);
    preferred = Absent.list(preferred);
    kind = Absent.or(kind, Kind.DEPLOYMENT);
  }
}
