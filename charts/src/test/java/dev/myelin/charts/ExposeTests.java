package dev.myelin.charts;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.rbac.PolicyRule;
import io.fabric8.kubernetes.api.model.rbac.Role;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Routes of single services: what the core may make, and what it makes.
final class ExposeTests {

  private static final Path MADE = Path.of("../orchestrator-service/src/test/resources/kubernetes");

  private static List<PolicyRule> rules(Map<String, ?> values) {
    return Manifests.of(Chart.MYELIN.render(values)).resources().stream()
        .filter(Role.class::isInstance)
        .flatMap(role -> ((Role) role).getRules().stream())
        .toList();
  }

  @ParameterizedTest
  @CsvSource({
    "Ingress, networking.k8s.io, ingresses",
    "Route, route.openshift.io, routes",
    "HTTPRoute, gateway.networking.k8s.io, httproutes"
  })
  void coreMayMakeWhatAValueNamesAndNoOther(String kind, String group, String resource) {
    var groups = List.of("networking.k8s.io", "route.openshift.io", "gateway.networking.k8s.io");

    assertThat(rules(Map.of()))
        .noneSatisfy(rule -> assertThat(rule.getApiGroups()).containsAnyElementsOf(groups));
    assertThat(rules(Map.of("gateway.expose[0]", kind)))
        .filteredOn(rule -> groups.contains(rule.getApiGroups().getFirst()))
        .allSatisfy(rule -> assertThat(rule.getApiGroups()).containsExactly(group))
        .first()
        .satisfies(rule -> {
          assertThat(rule.getResources()).containsExactly(resource);
          assertThat(rule.getVerbs())
              .containsExactly("get", "list", "watch", "create", "patch", "delete");
        });
  }

  @Test
  void coreIsToldWhereTheGatewayIs() {
    var values = Map.of("gateway.expose[0]", "Ingress", "gateway.service.port", "8443");

    assertThat(Manifests.of(Chart.MYELIN.render(values)).resources())
        .filteredOn(
            each -> each instanceof ConfigMap map && map.getData().toString().contains("expose:"))
        .singleElement()
        .satisfies(each ->
            assertThat(((ConfigMap) each).getData().get("application.yaml"))
                .contains("kinds: [\"Ingress\"]", "port: 8443", "secure: false"));
  }

  @Test
  void applicationPassesOnWhatItsValuesAsk() {
    var made =
        Chart.APPLICATION.render(
            Map.of(
                "services.price-list.expose.host", "prices.example.com",
                "services.price-list.expose.httpRoute.parentRefs[0].name", "public"));

    assertThat(made).contains("host: prices.example.com", "- name: public");
  }

  @ParameterizedTest
  @ValueSource(strings = {"plain", "everything", "rewritten"})
  void whatIsMadeHasOnlyFieldsThatTheApisKnow(String name) throws IOException {
    var made = Files.readString(MADE.resolve("routes").resolve(name + "-objects.yaml"));

    assertThat(Manifests.of(made).unknownFields()).isEmpty();
    assertThat(Manifests.of(made).resources()).hasSize(3);
  }
}
