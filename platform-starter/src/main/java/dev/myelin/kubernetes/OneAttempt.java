package dev.myelin.kubernetes;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.RequestConfigBuilder;
import java.time.Duration;

/// Clients of the API that ask once. fabric8's own retries go on for minutes, which is long after a
/// lease has lapsed, and nobody hears meanwhile that the API is away. Stateless.
public final class OneAttempt {

  private OneAttempt() {}

  /// A client like another, that asks once.
  ///
  /// @param client any client of the cluster
  public static KubernetesClient of(KubernetesClient client) {
    return with(client, new RequestConfigBuilder(client.getConfiguration().getRequestConfig()));
  }

  /// A client like another, that asks once and not for long.
  ///
  /// @param client any client of the cluster
  /// @param limit a request that takes longer has failed
  public static KubernetesClient of(KubernetesClient client, Duration limit) {
    return with(
        client,
        new RequestConfigBuilder(client.getConfiguration().getRequestConfig())
            .withRequestTimeout(Math.toIntExact(limit.toMillis())));
  }

  private static KubernetesClient with(KubernetesClient client, RequestConfigBuilder config) {
    return client
        .newClient(config.withRequestRetryBackoffLimit(0).build())
        .adapt(KubernetesClient.class);
  }
}
