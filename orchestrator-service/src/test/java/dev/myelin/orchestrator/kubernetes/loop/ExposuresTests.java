package dev.myelin.orchestrator.kubernetes.loop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.myelin.orchestrator.kubernetes.apply.Differences;
import dev.myelin.orchestrator.kubernetes.apply.WriteFailed;
import dev.myelin.orchestrator.kubernetes.desired.DesiredRoutes;
import dev.myelin.orchestrator.kubernetes.desired.RouteKind;
import dev.myelin.orchestrator.kubernetes.desired.RouteSettings;
import dev.myelin.orchestrator.kubernetes.resource.MicroserviceStatus.Condition;
import dev.myelin.orchestrator.lease.LeaderLease;
import dev.myelin.orchestrator.time.ManualTime;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class ExposuresTests {

  private static final String BY_INGRESS =
      ",\"external\":true,\"expose\":{\"host\":\"a.example.com\",\"ingress\":{}}";

  private final SimulatedNamespace namespace = new SimulatedNamespace();
  private final ManualTime clock = new ManualTime();
  private final Exposures exposures =
      new Exposures(
          namespace,
          new DesiredRoutes(
              new RouteSettings(
                  RouteSettings.NONE.gateway(),
                  Set.of(RouteKind.INGRESS, RouteKind.ROUTE),
                  Set.of(RouteKind.INGRESS)),
              namespace.serialization),
          new Differences(namespace.serialization),
          new ServiceKeeper.Tools(
              namespace,
              new Jobs(Runnable::run, clock.time(), () -> {}),
              new NoLease(),
              new Demanded()),
          clock.time());

  private boolean look(String spec) {
    namespace.put("{\"metadata\":{\"name\":\"a\"},\"spec\":{\"image\":\"a:1\"%s}}".formatted(spec));
    return exposures.look(namespace.service("a").orElseThrow(), 1, () -> true);
  }

  private Condition condition() {
    return Objects.requireNonNull(exposures.condition(namespace.service("a").orElseThrow()));
  }

  @Test
  void routeIsMadeOnceAndRemovedWhenItIsAskedForNoMore() {
    assertThat(look(BY_INGRESS)).as("something was written").isFalse();
    assertThat(look(BY_INGRESS)).as("nothing is left to do").isTrue();
    assertThat(condition().status()).isEqualTo("True");
    assertThat(condition().message()).isEqualTo("Made: Ingress 'a'");

    assertThat(look(BY_INGRESS.replace("a.ex", "b.ex"))).isFalse();
    look(",\"external\":true");

    assertThat(namespace.writes)
        .containsExactly("apply Ingress/a", "apply Ingress/a", "delete Ingress/a");
    assertThat(exposures.condition(namespace.service("a").orElseThrow())).isNull();
  }

  @Test
  void routeGoesWhenTheGatewayDoesNotOfferTheServiceAnyMore() {
    look(BY_INGRESS);

    look(BY_INGRESS.replace("true", "false"));

    assertThat(namespace.writes).containsExactly("apply Ingress/a", "delete Ingress/a");
    assertThat(condition().reason()).isEqualTo("NotExternal");
  }

  @Test
  void kindThatTheApiHasNotKeepsTheOtherFromNothing() {
    look(BY_INGRESS.replace("\"ingress\":{}", "\"ingress\":{},\"route\":{}"));

    assertThat(namespace.writes).containsExactly("apply Ingress/a");
    assertThat(condition().status()).isEqualTo("False");
    assertThat(condition().reason()).isEqualTo("KindMissing");
    assertThat(condition().message())
        .contains("no Route of route.openshift.io/v1", "restart the core's pods");
  }

  @Test
  void refusalIsSaidAndTriedAgainLater() {
    namespace.failure =
        new WriteFailed(WriteFailed.Why.REFUSED, "Cannot write Ingress 'a': host is taken", null);
    assertThat(look(BY_INGRESS)).isFalse();
    assertThat(condition().reason()).isEqualTo("Refused");
    assertThat(condition().message()).contains("host is taken");
    namespace.failure = null;

    assertThat(look(BY_INGRESS)).as("not at once").isFalse();
    assertThat(namespace.writes).isEmpty();
    clock.advance(Duration.ofSeconds(2));
    look(BY_INGRESS);

    assertThat(look(BY_INGRESS)).isTrue();
    assertThat(namespace.writes).containsExactly("apply Ingress/a");
    assertThat(condition().status()).isEqualTo("True");
  }

  @Test
  void nothingIsWrittenByOneThatMayNotActAnyMore() {
    look("");
    namespace.put(
        "{\"metadata\":{\"name\":\"a\"},\"spec\":{\"image\":\"a:1\"%s}}".formatted(BY_INGRESS));

    exposures.look(namespace.service("a").orElseThrow(), 1, () -> false);

    assertThat(namespace.writes).isEmpty();
  }

  private static final class NoLease implements LeaderLease {

    @Override
    public boolean acquire() {
      return false;
    }

    @Override
    public boolean renew() {
      return false;
    }

    @Override
    public OptionalLong epoch() {
      return OptionalLong.empty();
    }

    @Override
    public Optional<String> holder() {
      return Optional.empty();
    }

    @Override
    public void release() {}
  }
}
