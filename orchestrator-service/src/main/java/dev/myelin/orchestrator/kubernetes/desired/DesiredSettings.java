package dev.myelin.orchestrator.kubernetes.desired;

import io.fabric8.kubernetes.api.model.Quantity;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What an installation says of all services alike.
///
/// @param coreAddress where pods find the core services, `host:port`
/// @param share what an instance of cost 1 requests
/// @param startLimit time that an instance has to start
/// @param preferredNodes nodes to prefer for every service, best first, after those of the service
/// @param serviceAccount account of the pods; the namespace's default where none is given
/// @param budgets which disruption budgets the API has
public record DesiredSettings(
    String coreAddress,
    Share share,
    Duration startLimit,
    List<String> preferredNodes,
    @Nullable String serviceAccount,
    Budgets budgets) {

  /// Copies the nodes.
  public DesiredSettings {
    preferredNodes = List.copyOf(preferredNodes);
  }

  /// What an instance of cost 1 requests.
  ///
  /// @param cpu part of a core, such as `250m`
  /// @param memory such as `512Mi`; also its limit
  public record Share(Quantity cpu, Quantity memory) {}

  /// Which disruption budgets an API has.
  public enum Budgets {
    /// `policy/v1`, from Kubernetes 1.21.
    V1,
    /// `policy/v1beta1`, up to Kubernetes 1.24.
    V1_BETA,
    /// None.
    NONE
  }
}
