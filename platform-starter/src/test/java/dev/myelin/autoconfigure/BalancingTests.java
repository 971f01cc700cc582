package dev.myelin.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.myelin.Microservice;
import dev.myelin.StickyKey;
import dev.myelin.Strategy;
import dev.myelin.client.BalanceSettings;
import dev.myelin.client.BalanceSettings.ServiceBalance;
import dev.myelin.contract.DeclaredServices;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.diagnostics.FailureAnalyzer;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.core.io.support.SpringFactoriesLoader;

final class BalancingTests {

  @Microservice(placement = "host-7", highWatermark = 0.9)
  static class PriceList {

    public String price(@StickyKey String customer, String article) {
      return article;
    }
  }

  @Microservice
  static class Keyless {

    public void clear() {}
  }

  @Microservice
  static class TwoKeys {

    public void both(@StickyKey String one, @StickyKey String other) {}
  }

  private static BalanceSettings settings(ApplicationContextRunner runner) {
    var found = new BalanceSettings[1];
    runner.run(context ->
        found[0] =
            new Balancing(
                    context.getBean(MyelinProperties.class),
                    context.getBean(ClientProperties.class),
                    context.getBean(DeclaredServices.class))
                .settings());
    return found[0];
  }

  private static String analysis(ApplicationContextRunner runner) {
    var found = new String[1];
    runner.run(context -> {
      var failure = Objects.requireNonNull(context.getStartupFailure());
      found[0] =
          SpringFactoriesLoader.forDefaultResourceLocation()
              .load(
                  FailureAnalyzer.class,
                  SpringFactoriesLoader.FailureHandler.handleMessage((_, _) -> {}))
              .stream()
              .map(analyzer -> analyzer.analyze(failure))
              .filter(Objects::nonNull)
              .map(analysis -> analysis.getDescription() + " " + analysis.getAction())
              .findFirst()
              .orElseThrow();
    });
    return found[0];
  }

  @Test
  void serviceWithoutPropertiesTakesTurnsAndKeepsItsAttributes() {
    var settings = settings(Contexts.front().withBean(PriceList.class));

    assertThat(settings.services())
        .containsEntry(
            "price-list", new ServiceBalance(Strategy.ROUND_ROBIN, List.of("host-7"), 0.9));
  }

  @ParameterizedTest
  @ValueSource(strings = {"least-loaded", "LEAST_LOADED", "leastLoaded"})
  void strategyOfAServiceIsItsProperty(String value) {
    var settings =
        settings(
            Contexts.front()
                .withBean(PriceList.class)
                .withPropertyValues("myelin.services.price-list.strategy=" + value));

    assertThat(settings.services())
        .containsEntry(
            "price-list", new ServiceBalance(Strategy.LEAST_LOADED, List.of("host-7"), 0.9));
  }

  @Test
  void serviceWhoseTypeIsNotHereHasItsProperties() {
    var settings =
        settings(
            Contexts.front()
                .withPropertyValues(
                    "myelin.services.elsewhere.strategy=preferred",
                    "myelin.services.elsewhere.placement=a,b",
                    "myelin.services.elsewhere.high-watermark=0.5"));

    assertThat(settings.services())
        .containsEntry("elsewhere", new ServiceBalance(Strategy.PREFERRED, List.of("a", "b"), 0.5));
  }

  @Test
  void generalStrategyIsThatOfServicesWithoutTheirOwn() {
    var settings =
        settings(
            Contexts.front()
                .withBean(PriceList.class)
                .withBean("keyless", Keyless.class)
                .withPropertyValues(
                    "myelin.client.strategy=sticky",
                    "myelin.services.price-list.strategy=single",
                    "myelin.services.elsewhere.high-watermark=0.5"));

    assertThat(settings.services())
        .extractingByKey("price-list")
        .extracting(ServiceBalance::strategy)
        .isEqualTo(Strategy.SINGLE);
    // without a key it takes turns
    assertThat(settings.services())
        .extractingByKeys("keyless", "elsewhere")
        .extracting(ServiceBalance::strategy)
        .containsOnly(Strategy.STICKY);
    assertThat(settings.others().strategy()).isEqualTo(Strategy.STICKY);
  }

  @Test
  void unknownStrategyIsNamedWithThoseThatExist() {
    assertThat(
            analysis(
                Contexts.front()
                    .withBean(PriceList.class)
                    .withPropertyValues("myelin.services.price-list.strategy=fastest")))
        .contains("myelin.services.price-list.strategy", "fastest")
        .contains("ROUND_ROBIN", "LEAST_LOADED", "STICKY", "SINGLE", "ORCHESTRATED", "PREFERRED");
  }

  @Test
  void stickyServiceWithoutAKeyIsNamedWithTheRemedy() {
    assertThat(
            analysis(
                Contexts.front()
                    .withBean("keyless", Keyless.class)
                    .withPropertyValues("myelin.services.keyless.strategy=sticky")))
        .contains("Bean 'keyless'", "myelin.services.keyless.strategy", "@StickyKey");
  }

  @Test
  void operationWithTwoKeysIsNamed() {
    assertThat(analysis(Contexts.front().withBean("two", TwoKeys.class)))
        .contains("both(", "more than one @StickyKey");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ejection.failures=0",
        "ejection.base-time=0s",
        "ejection.max-time=999ms",
        "retry-budget.ratio=-0.01",
        "retry-budget.ratio=1.01",
        "retry-budget.floor=-1",
        "retry-budget.reserve=0",
        "slow-start=-1ms"
      })
  void valueOutOfItsLimitsStopsTheStart(String property) {
    Contexts.front()
        .withPropertyValues("myelin.client." + property)
        .run(context ->
            assertThat(context)
                .getFailure()
                .hasStackTraceContaining("myelin.client." + property.split("=", 2)[0]));
  }

  @ParameterizedTest
  @ValueSource(strings = {"queue=-1", "longest-wait=-1ms"})
  void admissionOutOfItsLimitsStopsTheStart(String property) {
    Contexts.front()
        .withPropertyValues("myelin.admission." + property)
        .run(context ->
            assertThat(context)
                .getFailure()
                .hasStackTraceContaining("myelin.admission." + property.split("=", 2)[0]));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ejection.failures=1",
        "ejection.max-time=1s",
        "retry-budget.ratio=0",
        "retry-budget.ratio=1",
        "retry-budget.floor=0",
        "retry-budget.reserve=1",
        "slow-start=0s"
      })
  void valueAtItsLimitIsTaken(String property) {
    assertThat(settings(Contexts.front().withPropertyValues("myelin.client." + property)))
        .isNotNull();
  }
}
