package dev.myelin.orchestrator;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/// What is said of the pods of all services alike.
///
/// @param cpu what an instance of cost 1 requests of a core, as Kubernetes writes it
/// @param memory what an instance of cost 1 requests, and may use at most, as Kubernetes writes it
/// @param startTimeout time that an instance has to start; it is restarted after it
/// @param preferredNodes nodes to prefer for every service, best first: a label as `key=value`, or
///   a node's name. Those that a service names itself come before them
/// @param serviceAccount account of the pods; the namespace's default where none is given
@ConfigurationProperties("myelin.core.pods")
public record PodsProperties(
    @DefaultValue("250m") String cpu,
    @DefaultValue("512Mi") String memory,
    @DefaultValue("5m") Duration startTimeout,
    @DefaultValue List<String> preferredNodes,
    @Nullable String serviceAccount) {

  /// Copies the nodes and checks the limits.
  public PodsProperties {
    preferredNodes = List.copyOf(preferredNodes);
    Limits.positive("myelin.core.pods.start-timeout", startTimeout);
    Limits.quantity("myelin.core.pods.cpu", cpu);
    Limits.quantity("myelin.core.pods.memory", memory);
  }
}
