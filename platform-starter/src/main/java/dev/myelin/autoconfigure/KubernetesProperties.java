package dev.myelin.autoconfigure;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;

/// What core processes keep in the Kubernetes API, and how those outside find it.
///
/// @param config outside the cluster's network: file with a kubeconfig, whose API server leads to
///   the gateways; with a namespace given, what `KUBECONFIG` names
/// @param context context of the kubeconfig; its current one where none is given
/// @param namespace namespace of the core services' objects; the pod's own, or that of the
///   kubeconfig, where none is given
/// @param name name of this installation of the core services, with which the names of its Leases
///   begin
/// @param owner name of a ConfigMap in that namespace with which the Leases are deleted; they stay
///   where none is given
/// @param leaseDuration time after which a right that is not renewed passes to another core process
@ConfigurationProperties("myelin.kubernetes")
record KubernetesProperties(
    @Nullable String config,
    @Nullable String context,
    @Nullable String namespace,
    @DefaultValue("myelin") String name,
    @Nullable String owner,
    @DefaultValue("6s") Duration leaseDuration) {

  private static final Duration SHORTEST = Duration.ofSeconds(3);

  KubernetesProperties {
    Limits.atLeast("myelin.kubernetes.lease-duration", leaseDuration, SHORTEST);
    if (!leaseDuration.equals(Duration.ofSeconds(leaseDuration.toSeconds()))) {
      throw new InvalidConfigurationPropertyValueException(
          "myelin.kubernetes.lease-duration", leaseDuration, "It must be whole seconds.");
    }
  }
}
