package dev.myelin.charts;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.rbac.ClusterRole;
import io.fabric8.kubernetes.api.model.rbac.PolicyRule;
import io.fabric8.kubernetes.api.model.rbac.Role;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// The core may do what it was seen to do, and no more.
final class RightsTests {

  /// What the orchestrator needed in the life of a service: `KubernetesServicesIT` fails if it
  /// needs anything else, or any of it no more.
  private static final Path USED =
      Path.of("../orchestrator-service/src/test/resources/kubernetes/rights.txt");

  /// Asked for only where the admission plug-in OwnerReferencesPermissionEnforcement is on, as in
  /// OpenShift.
  private static final String OF_OWNERS = "update myelin.dev/microservices/finalizers";

  @Test
  void theCoreMayDoWhatItDoesAndNoMore() throws IOException {
    var used = new TreeSet<>(Files.readAllLines(USED));
    used.add(OF_OWNERS);

    assertThat(granted(Chart.MYELIN, "myelin-core")).isEqualTo(used);
  }

  @Test
  void noChartGrantsRightsOfTheCluster() {
    for (var chart : Chart.all()) {
      assertThat(Manifests.of(chart.render(Map.of())).resources())
          .noneMatch(ClusterRole.class::isInstance);
    }
  }

  private static Set<String> granted(Chart chart, String role) {
    return Manifests.of(chart.render(Map.of())).resources().stream()
        .filter(each -> each instanceof Role && each.getMetadata().getName().equals(role))
        .flatMap(each -> ((Role) each).getRules().stream())
        .flatMap(RightsTests::rights)
        .collect(TreeSet::new, TreeSet::add, TreeSet::addAll);
  }

  private static Stream<String> rights(PolicyRule rule) {
    return rule.getApiGroups().stream()
        .flatMap(group -> rule.getResources().stream().map(resource -> group + "/" + resource))
        .flatMap(resource -> rule.getVerbs().stream().map(verb -> verb + " " + resource));
  }
}
