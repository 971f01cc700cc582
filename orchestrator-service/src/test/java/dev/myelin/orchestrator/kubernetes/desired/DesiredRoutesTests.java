package dev.myelin.orchestrator.kubernetes.desired;

import static org.assertj.core.api.Assertions.assertThat;

import dev.myelin.orchestrator.kubernetes.desired.DesiredRoutes.Obstacle;
import dev.myelin.orchestrator.kubernetes.desired.RouteSettings.Gateway;
import dev.myelin.orchestrator.kubernetes.resource.Microservice;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Compares whole objects with files beside `src/test/resources/kubernetes/routes`: `X.yaml` is the
/// resource, `X-objects.yaml` what is made of it. That the APIs know every field is tested in
/// charts.
final class DesiredRoutesTests {

  private static final Path FILES = Path.of("src/test/resources/kubernetes/routes");
  private static final Set<RouteKind> ALL = EnumSet.allOf(RouteKind.class);

  private final KubernetesSerialization serialization = new KubernetesSerialization();

  private DesiredRoutes routes(boolean secure, Set<RouteKind> enabled, Set<RouteKind> present) {
    return new DesiredRoutes(
        new RouteSettings(
            new Gateway("myelin-gateway", secure ? 443 : 80, secure), enabled, present),
        serialization);
  }

  private Microservice resource(String spec) {
    return serialization.unmarshal(
        "{\"metadata\":{\"name\":\"a\"},\"spec\":{\"image\":\"a\",%s}}".formatted(spec),
        Microservice.class);
  }

  @ParameterizedTest
  @CsvSource({"plain, false", "everything, true", "rewritten, false"})
  void objectsAreAsWrittenDown(String name, boolean secure) throws IOException {
    var resource =
        serialization.unmarshal(
            Files.readString(FILES.resolve(name + ".yaml")), Microservice.class);

    var made =
        routes(secure, ALL, ALL).of(resource).stream()
            .map(serialization::asYaml)
            .collect(Collectors.joining());

    assertThat(made).isEqualTo(Files.readString(FILES.resolve(name + "-objects.yaml")));
  }

  @Test
  void nothingIsMadeThatIsNotAskedForOrNotPossible() {
    var asking = "\"external\":true,\"expose\":{\"ingress\":{},\"route\":{}}";

    assertThat(routes(false, ALL, ALL).of(resource("\"external\":true"))).isEmpty();
    assertThat(routes(false, ALL, ALL).of(resource("\"expose\":{\"ingress\":{}}"))).isEmpty();
    assertThat(routes(false, ALL, Set.of(RouteKind.INGRESS)).of(resource(asking)))
        .extracting(HasMetadata::getKind)
        .containsExactly("Ingress");
  }

  @Test
  void whatIsInTheWayIsSaid() {
    var asking = resource("\"external\":true,\"expose\":{\"route\":{}}");

    assertThat(routes(false, ALL, ALL).obstacle(asking)).isEmpty();
    assertThat(routes(false, Set.of(), Set.of()).obstacle(asking))
        .map(Obstacle::message)
        .hasValue(
            "The core may not make a Route: add it to gateway.expose in the values of the core's chart");
    assertThat(routes(false, ALL, Set.of()).obstacle(asking))
        .map(Obstacle::reason)
        .hasValue("KindMissing");
    assertThat(routes(false, ALL, ALL).obstacle(resource("\"expose\":{\"route\":{}}")))
        .map(Obstacle::reason)
        .hasValue("NotExternal");
    assertThat(routes(false, ALL, ALL).obstacle(resource("\"external\":true,\"expose\":{}")))
        .map(Obstacle::reason)
        .hasValue("NothingAsked");
  }
}
