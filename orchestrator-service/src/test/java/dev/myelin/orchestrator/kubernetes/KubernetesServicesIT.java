package dev.myelin.orchestrator.kubernetes;

import static java.util.Locale.ROOT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.myelin.orchestrator.kubernetes.answer.EventFlags;
import dev.myelin.orchestrator.kubernetes.desired.RouteSettings;
import dev.myelin.orchestrator.kubernetes.pod.Pods;
import dev.myelin.orchestrator.kubernetes.resource.Microservice;
import dev.myelin.wire.InstanceId;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.autoscaling.v1.HorizontalPodAutoscalerBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.TreeSet;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// The life of a service on a real API server, in pods of `busybox:1` that answer the probes.
@Tag("kubernetes")
final class KubernetesServicesIT {

  private static final Duration LIMIT = Duration.ofMinutes(3);
  private static final Path RIGHTS = Path.of("src/test/resources/kubernetes/rights.txt");

  private static final String RESOURCE =
      """
      apiVersion: myelin.dev/v1
      kind: Microservice
      metadata: {name: echo}
      spec:
        application: it
        image: busybox:1
        command:
          - sh
          - -c
          - >-
            mkdir -p /tmp/actuator/health && touch /tmp/actuator/health/liveness
            /tmp/actuator/health/readiness && exec httpd -f -p 8080 -h /tmp
        resources: {requests: {cpu: 10m, memory: 16Mi}}
        timeout: 1s
        podTemplate: {spec: {securityContext: {runAsUser: 1000}, terminationGracePeriodSeconds: 1}}
      """;

  private final RealCluster cluster = new RealCluster();
  private final RunningLoop loop =
      new RunningLoop(cluster.client, cluster.namespace, RouteSettings.NONE, RunningLoop.SHORT);

  @AfterEach
  void stop() {
    loop.close();
    cluster.close();
  }

  // As kubectl does, which knows nothing of the resource's types
  private void apply(String yaml) {
    cluster
        .admin()
        .resource(
            Objects.requireNonNull(
                cluster
                    .admin()
                    .getKubernetesSerialization()
                    .unmarshal(yaml, GenericKubernetesResource.class)))
        .inNamespace(cluster.namespace)
        .fieldManager("kubectl")
        .forceConflicts()
        .serverSideApply();
  }

  private Microservice resource() {
    return cluster
        .admin()
        .resources(Microservice.class)
        .inNamespace(cluster.namespace)
        .withName("echo")
        .require();
  }

  private Deployment deployment() {
    return cluster
        .admin()
        .apps()
        .deployments()
        .inNamespace(cluster.namespace)
        .withName("echo")
        .require();
  }

  private void patch(String json) {
    cluster
        .admin()
        .apps()
        .deployments()
        .inNamespace(cluster.namespace)
        .withName("echo")
        .patch(PatchContext.of(PatchType.STRATEGIC_MERGE), json);
  }

  private List<Pod> pods() {
    return cluster.admin().pods().inNamespace(cluster.namespace).list().getItems();
  }

  private void awaitReady(int count) {
    await()
        .atMost(LIMIT)
        .untilAsserted(() -> {
          var status = resource().getStatus();
          assertThat(status).isNotNull();
          assertThat(status.ready()).as("%s", status).isEqualTo(count);
          assertThat(status.desired()).isEqualTo(count);
          // no pod of the template before is left to be replaced
          var rollout = deployment();
          assertThat(rollout.getStatus().getObservedGeneration())
              .isEqualTo(rollout.getMetadata().getGeneration());
          assertThat(rollout.getStatus().getUpdatedReplicas()).isEqualTo(count);
          assertThat(rollout.getStatus().getReplicas()).isEqualTo(count);
          assertThat(pods().stream().filter(Pods::ready)).hasSize(count);
        });
  }

  @Test
  void serviceLivesAndLeavesNothing() {
    apply(RESOURCE);
    awaitReady(1);
    assertThat(deployment().getMetadata().getOwnerReferences())
        .extracting(it -> it.getUid())
        .containsExactly(resource().getMetadata().getUid());

    usersEditsOfOtherFieldsSurvive();
    chosenPodLeaves();
    anAutoscalerOfTheUsersSetsTheCount();
    podsHaveWhatIsAdded();
    shapeChanges();
    whatIsFlaggedIsReplaced();

    cluster.admin().resource(resource()).delete();
    await()
        .atMost(LIMIT)
        .untilAsserted(() -> {
          assertThat(workloads()).isEmpty();
          assertThat(cluster.admin().services().inNamespace(cluster.namespace).list().getItems())
              .isEmpty();
          assertThat(pods()).isEmpty();
        });
    assertThat(cluster.rights())
        .isEqualTo(new TreeSet<>(RealCluster.text(RIGHTS).lines().toList()));
  }

  private void usersEditsOfOtherFieldsSurvive() {
    patch("{\"metadata\":{\"annotations\":{\"team\":\"maths\"}},\"spec\":{\"minReadySeconds\":1}}");
    patch(
        "{\"spec\":{\"template\":{\"spec\":{\"containers\":[{\"name\":\"service\",\"args\":[\"x\"]}]}}}}");
    await()
        .atMost(LIMIT)
        .untilAsserted(() ->
            assertThat(
                    deployment()
                        .getSpec()
                        .getTemplate()
                        .getSpec()
                        .getContainers()
                        .getFirst()
                        .getArgs())
                .contains("--myelin.hosts=echo"));

    apply(RESOURCE + "  args: [--later]\n  minInstances: 3\n");
    awaitReady(3);

    assertThat(deployment().getMetadata().getAnnotations()).containsEntry("team", "maths");
    assertThat(deployment().getSpec().getMinReadySeconds()).isEqualTo(1);
  }

  private void chosenPodLeaves() {
    var before = pods().stream().filter(Pods::ready).map(it -> it.getMetadata().getUid()).toList();

    apply(RESOURCE + "  args: [--later]\n  minInstances: 1\n  maxInstances: 2\n");
    awaitReady(2);

    await()
        .atMost(LIMIT)
        .untilAsserted(() ->
            assertThat(pods())
                .extracting(it -> it.getMetadata().getUid())
                .hasSize(2)
                .isSubsetOf(before));
    assertThat(
            cluster.admin().v1().events().inNamespace(cluster.namespace).list().getItems().stream()
                .filter(it -> it.getInvolvedObject().getKind().equals("Microservice")))
        .extracting(it -> it.getReason())
        .contains("ScaledDown");
  }

  // One that has no figures yet raises what is below its minimum, and nothing else
  private void anAutoscalerOfTheUsersSetsTheCount() {
    apply(RESOURCE + "  args: [--later]\n  scaling: external\n");
    var autoscalers =
        cluster
            .admin()
            .autoscaling()
            .v1()
            .horizontalPodAutoscalers()
            .inNamespace(cluster.namespace);
    var autoscaler =
        autoscalers
            .resource(
                new HorizontalPodAutoscalerBuilder()
                    .withNewMetadata()
                    .withName("echo")
                    .endMetadata()
                    .withNewSpec()
                    .withNewScaleTargetRef("apps/v1", "Deployment", "echo")
                    .withMinReplicas(3)
                    .withMaxReplicas(4)
                    .endSpec()
                    .build())
            .create();
    awaitReady(3);

    // a change that has nothing to do with the number leaves it
    apply(RESOURCE + "  args: [--later-still]\n  scaling: external\n");
    awaitReady(3);

    autoscalers.resource(autoscaler).delete();
    apply(RESOURCE);
    awaitReady(1);
  }

  private void podsHaveWhatIsAdded() {
    apply(
        RESOURCE
            + """
              volumes: [{name: shared, emptyDir: {}}]
              volumeMounts: [{name: shared, mountPath: /shared}]
              initContainers:
                - name: before
                  image: busybox:1
                  command: [sh, -c, 'echo begun > /shared/note']
                  volumeMounts: [{name: shared, mountPath: /shared}]
              sidecars:
                - name: beside
                  image: busybox:1
                  command: [sh, -c, 'cat /shared/note && exec sleep 3600']
                  volumeMounts: [{name: shared, mountPath: /shared}]
            """);
    awaitReady(1);

    var pod = pods().stream().filter(Pods::ready).findFirst().orElseThrow();
    assertThat(pod.getSpec().getContainers())
        .extracting(it -> it.getName())
        .contains("service", "beside");
    // of the user's own patch
    assertThat(pod.getSpec().getSecurityContext().getRunAsUser()).isEqualTo(1000);
    await()
        .atMost(LIMIT)
        .untilAsserted(() ->
            assertThat(cluster.admin().pods().resource(pod).inContainer("beside").getLog())
                .isEqualTo("begun\n"));
  }

  private void shapeChanges() {
    for (var kind : List.of("DaemonSet", "StatefulSet", "Deployment")) {
      apply(RESOURCE + "  kind: %s\n".formatted(kind.replace("Set", "_SET").toUpperCase(ROOT)));
      await()
          .atMost(LIMIT)
          .untilAsserted(() -> {
            assertThat(workloads()).extracting(HasMetadata::getKind).containsExactly(kind);
            assertThat(resource().getStatus().conditions())
                .allMatch(it -> it.status().equals("True"));
          });
    }
    awaitReady(1);
  }

  private List<HasMetadata> workloads() {
    var apps = cluster.admin().apps();
    var all = new ArrayList<HasMetadata>();
    all.addAll(apps.deployments().inNamespace(cluster.namespace).list().getItems());
    all.addAll(apps.statefulSets().inNamespace(cluster.namespace).list().getItems());
    all.addAll(apps.daemonSets().inNamespace(cluster.namespace).list().getItems());
    return all;
  }

  private void whatIsFlaggedIsReplaced() {
    var flagged = pods().stream().filter(Pods::ready).findFirst().orElseThrow();

    loop.writes().event(resource(), flagged, EventFlags.REASON, "it hung");
    loop.writes().kill(flagged);

    await()
        .atMost(LIMIT)
        .untilAsserted(() ->
            assertThat(pods())
                .singleElement()
                .matches(Pods::ready)
                .extracting(it -> it.getMetadata().getUid())
                .isNotEqualTo(flagged.getMetadata().getUid()));
    assertThat(loop.flags().recall())
        .containsOnlyKeys(new InstanceId(flagged.getMetadata().getName()));
  }

  @Test
  void whatTheSchemaForbidsIsRefused() {
    for (var wrong :
        List.of(
            "minInstances: -1", "kind: POD", "timeout: soon", "cost: 0", "lowWatermark: -0.1")) {
      var resource = RESOURCE.replace("  timeout: 1s\n", "") + "  " + wrong + "\n";
      Assertions.assertThatThrownBy(() -> apply(resource))
          .as(wrong)
          .isInstanceOf(KubernetesClientException.class)
          .hasMessageContaining(wrong.substring(0, wrong.indexOf(':')));
    }
  }
}
