package dev.myelin.kubernetes;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.server.mock.EnableKubernetesMockClient;

@EnableKubernetesMockClient(crud = true)
final class MockApiLeaseObjectsTests extends ApiLeaseObjectsContractTests {

  @SuppressWarnings("NullAway.Init") // the extension sets it
  KubernetesClient client;

  @Override
  KubernetesClient client() {
    return client;
  }

  @Override
  String namespace() {
    return "myelin";
  }
}
