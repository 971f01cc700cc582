package dev.myelin.orchestrator.kubernetes.resource;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// How an external service is reached from outside the cluster, past the one way in that the
/// gateway has for all: an object for each kind that is given here.
///
/// @param host name under which it is reached; every name, or what the router gives it, without one
/// @param path what paths begin with; `/` and the service's name where none is given
/// @param annotations of the objects
/// @param ingress asks for an Ingress
/// @param route asks for a Route of OpenShift
/// @param httpRoute asks for an HTTPRoute of the Gateway API
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@JsonIgnoreProperties(ignoreUnknown = true)
public record ExposeSpec(
    @Nullable String host,
    @Nullable String path,
    Map<String, String> annotations,
    @Nullable ByIngress ingress,
    @Nullable ByRoute route,
    @Nullable ByHttpRoute httpRoute) {

  /// Takes what is absent for empty, and puts annotations in order: what is written is compared.
  public ExposeSpec {
    annotations =
        annotations == null ? Map.of() : Collections.unmodifiableMap(new TreeMap<>(annotations));
  }

  /// What only an Ingress has.
  ///
  /// @param className class of the controller; the cluster's default where none is given
  /// @param tlsSecret secret with the certificate that the controller shows
  @JsonIgnoreProperties(ignoreUnknown = true)
  public record ByIngress(@Nullable String className, @Nullable String tlsSecret) {}

  /// What only a Route has.
  ///
  /// @param termination `edge` or `reencrypt`; empty = plain HTTP
  @JsonIgnoreProperties(ignoreUnknown = true)
  public record ByRoute(@Nullable String termination) {}

  /// What only an HTTPRoute has.
  ///
  /// @param parentRefs the Gateways that it is of, as there
  @JsonIgnoreProperties(ignoreUnknown = true)
  public record ByHttpRoute(List<Map<String, Object>> parentRefs) {

    /// Takes what is absent for empty.
    public ByHttpRoute {
      parentRefs = Absent.list(parentRefs);
    }
  }
}
