package dev.myelin.kubernetes;

import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.Locale;
import java.util.concurrent.ThreadLocalRandom;

/// A namespace of its own in the cluster of `KUBECONFIG`; gone when closed.
public final class TestCluster implements AutoCloseable {

  private final KubernetesClient client;
  private final String namespace;

  private TestCluster(KubernetesClient client, String namespace) {
    this.client = client;
    this.namespace = namespace;
  }

  /// Creates the namespace.
  ///
  /// @param purpose what its name begins with
  /// @throws IllegalStateException if there is no cluster; it says how to get one
  public static TestCluster open(String purpose) {
    if (System.getenv("KUBECONFIG") == null) {
      throw new IllegalStateException(
          "This test needs a Kubernetes cluster, and KUBECONFIG names none: 'kind create cluster"
              + " --kubeconfig FILE', then KUBECONFIG=FILE; any cluster will do.");
    }
    var client = new KubernetesClientBuilder().build();
    var name =
        "%s-%06x"
            .formatted(
                purpose.toLowerCase(Locale.ROOT), ThreadLocalRandom.current().nextInt(1 << 24));
    try {
      client
          .resource(new NamespaceBuilder().withNewMetadata().withName(name).endMetadata().build())
          .create();
    } catch (KubernetesClientException e) {
      client.close();
      throw new IllegalStateException(
          "The cluster of KUBECONFIG '%s' does not answer; see 'kubectl get nodes'"
              .formatted(System.getenv("KUBECONFIG")),
          e);
    }
    return new TestCluster(client, name);
  }

  /// A client with the rights of the kubeconfig.
  public KubernetesClient client() {
    return client;
  }

  /// A client of its own whose namespace is this one, as that of a pod is its pod's.
  ///
  /// @param rights told what it needs
  public KubernetesClient client(UsedRights rights) {
    return new KubernetesClientBuilder()
        .withConfig(new ConfigBuilder(client.getConfiguration()).withNamespace(namespace).build())
        .withHttpClientBuilderConsumer(builder -> builder.addOrReplaceInterceptor("rights", rights))
        .build();
  }

  /// The namespace.
  public String namespace() {
    return namespace;
  }

  @Override
  public void close() {
    client.namespaces().withName(namespace).delete();
    client.close();
  }
}
