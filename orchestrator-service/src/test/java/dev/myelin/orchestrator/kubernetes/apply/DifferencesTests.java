package dev.myelin.orchestrator.kubernetes.apply;

import static org.assertj.core.api.Assertions.assertThat;

import dev.myelin.orchestrator.kubernetes.desired.DesiredObjects;
import dev.myelin.orchestrator.kubernetes.desired.DesiredSettings;
import dev.myelin.orchestrator.kubernetes.desired.DesiredSettings.Budgets;
import dev.myelin.orchestrator.kubernetes.desired.DesiredSettings.Share;
import dev.myelin.orchestrator.kubernetes.desired.Names;
import dev.myelin.orchestrator.kubernetes.resource.Microservice;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class DifferencesTests {

  private final KubernetesSerialization serialization = new KubernetesSerialization();
  private final Differences differences = new Differences(serialization);

  private List<HasMetadata> desired(String spec) {
    var resource =
        serialization.unmarshal(
            "{\"metadata\":{\"name\":\"a\",\"namespace\":\"n\",\"uid\":\"u\"},\"spec\":{%s}}"
                .formatted(spec),
            Microservice.class);
    var settings =
        new DesiredSettings(
            "core:7070",
            new Share(new Quantity("1500m"), new Quantity("1Gi")),
            Duration.ofMinutes(1),
            List.of(),
            null,
            Budgets.V1);
    return new DesiredObjects(settings, serialization).of(resource);
  }

  private List<HasMetadata> written(List<HasMetadata> desired, long epoch) {
    var live = new ArrayList<HasMetadata>();
    for (var change : differences.between(desired, List.of(), epoch)) {
      live.add(serialization.clone(((Change.Apply) change).desired()));
    }
    return live;
  }

  private static Deployment deployment(List<HasMetadata> objects) {
    return (Deployment) objects.getLast();
  }

  @Test
  void whatIsNotThereIsWrittenWithEpochAndHash() {
    var changes = differences.between(desired("\"image\":\"a:1\""), List.of(), 7);

    assertThat(changes)
        .hasSize(3)
        .allMatch(it -> it instanceof Change.Apply(_, var live) && live == null);
    assertThat(changes)
        .allSatisfy(it ->
            assertThat(((Change.Apply) it).desired().getMetadata().getAnnotations())
                .containsEntry(Names.EPOCH, "7")
                .containsKey(Names.WRITTEN));
  }

  @Test
  void whatIsThereIsNotWrittenAgainByALaterLeader() {
    var desired = desired("\"image\":\"a:1\"");

    assertThat(differences.between(desired, written(desired, 7), 8)).isEmpty();
  }

  @Test
  void fieldsOfOthersAndDefaultsOfTheApiAreNoDifference() {
    var desired = desired("\"image\":\"a:1\"");
    var live = written(desired, 7);
    var deployment = deployment(live);
    deployment.getSpec().setReplicas(4);
    deployment.getSpec().getTemplate().getSpec().setDnsPolicy("ClusterFirst");
    deployment.getSpec().getTemplate().getSpec().setNodeSelector(Map.of("user", "yes"));
    deployment.getMetadata().getLabels().put("team", "maths");
    var container = deployment.getSpec().getTemplate().getSpec().getContainers().getFirst();
    container
        .getResources()
        .setRequests(Map.of("cpu", new Quantity("1.5"), "memory", new Quantity("1024Mi")));

    assertThat(differences.between(desired, live, 7)).isEmpty();
  }

  @Test
  void changedFieldIsWrittenBackOnTopOfWhatWasRead() {
    var desired = desired("\"image\":\"a:1\"");
    var live = written(desired, 7);
    var template = deployment(live).getSpec().getTemplate().getSpec();
    template.getContainers().getFirst().setImage("evil:1");

    assertThat(differences.between(desired, live, 7))
        .singleElement()
        .isInstanceOfSatisfying(
            Change.Apply.class, it -> assertThat(it.live()).isSameAs(deployment(live)));
  }

  @Test
  void fieldThatIsDesiredNoMoreIsWritten() {
    var live = written(desired("\"image\":\"a:1\",\"args\":[\"--debug\"]"), 7);

    assertThat(differences.between(desired("\"image\":\"a:1\""), live, 7)).hasSize(1);
  }

  @Test
  void workloadOfAnotherShapeIsReplaced() {
    var live = written(desired("\"image\":\"a:1\""), 7);

    assertThat(differences.between(desired("\"image\":\"a:1\",\"stateful\":true"), live, 7))
        .hasSize(2)
        .anyMatch(
            it -> it instanceof Change.Delete(var gone) && gone.getKind().equals("Deployment"))
        .anyMatch(
            it -> it instanceof Change.Apply(var made, _) && made.getKind().equals("StatefulSet"));
  }

  @Test
  void whatALaterLeaderHasWrittenIsLeftAlone() {
    var live = written(desired("\"image\":\"a:2\",\"stateful\":true"), 9);

    assertThat(differences.between(desired("\"image\":\"a:1\""), live, 8))
        .anyMatch(it -> it instanceof Change.Refused(_, var epoch) && epoch == 9)
        .noneMatch(Change.Delete.class::isInstance);
  }
}
