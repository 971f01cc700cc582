package dev.myelin.orchestrator.kubernetes;

import dev.myelin.kubernetes.TestCluster;
import dev.myelin.kubernetes.UsedRights;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/// A namespace of a [TestCluster] that knows Microservices, and the rights that its client makes
/// use of.
final class RealCluster implements AutoCloseable {

  private static final Path DEFINITION = Path.of("../charts/myelin/crds/microservices.yaml");

  private final TestCluster made;
  private final KubernetesClient admin;
  private final UsedRights rights = new UsedRights();
  final KubernetesClient client;
  final String namespace;

  RealCluster() {
    this.made = TestCluster.open("services");
    this.admin = made.client();
    this.namespace = made.namespace();
    define();
    this.client = made.client(rights);
  }

  private void define() {
    var definition =
        Objects.requireNonNull(
            admin
                .getKubernetesSerialization()
                .unmarshal(text(DEFINITION), CustomResourceDefinition.class));
    admin.resource(definition).fieldManager("myelin-it").forceConflicts().serverSideApply();
    admin
        .apiextensions()
        .v1()
        .customResourceDefinitions()
        .withName(definition.getMetadata().getName())
        .waitUntilCondition(
            found ->
                found != null
                    && found.getStatus() != null
                    && found.getStatus().getConditions().stream()
                        .anyMatch(it ->
                            it.getType().equals("Established") && it.getStatus().equals("True")),
            30,
            TimeUnit.SECONDS);
  }

  /// What people do, which needs rights of its own.
  KubernetesClient admin() {
    return admin;
  }

  static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Rights that were used.
  Set<String> rights() {
    return rights.rights();
  }

  @Override
  public void close() {
    client.close();
    made.close();
  }
}
