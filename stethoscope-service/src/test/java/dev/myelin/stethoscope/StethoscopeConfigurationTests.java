package dev.myelin.stethoscope;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.BDDMockito.given;
import static org.mockito.BDDMockito.then;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.times;

import dev.myelin.client.ServiceClients;
import dev.myelin.membership.Members;
import dev.myelin.membership.Resolver;
import dev.myelin.membership.Snapshot;
import dev.myelin.stethoscope.vitals.Thresholds;
import dev.myelin.wire.CallTotals;
import dev.myelin.wire.Heartbeat;
import dev.myelin.wire.InstanceId;
import dev.myelin.wire.Orchestrator;
import dev.myelin.wire.PubSub;
import dev.myelin.wire.Reading;
import dev.myelin.wire.Stethoscope;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mockito.ArgumentMatchers;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import tools.jackson.databind.json.JsonMapper;

final class StethoscopeConfigurationTests {

  private final Resolver resolver = mock(Resolver.class);
  private final ApplicationContextRunner runner =
      new ApplicationContextRunner()
          .withUserConfiguration(StethoscopeConfiguration.class)
          .withBean(Resolver.class, () -> resolver)
          .withBean(InstanceId.class, () -> new InstanceId("core-1"))
          .withBean(ServiceClients.class, () -> mock(ServiceClients.class))
          .withBean(PubSub.class, () -> mock(PubSub.class))
          .withBean(Orchestrator.class, () -> mock(Orchestrator.class));

  StethoscopeConfigurationTests() {
    given(resolver.listen(ArgumentMatchers.any(), ArgumentMatchers.any())).willReturn(() -> {});
  }

  @Test
  void watchesTheMembersAndHearsTheirBeats() {
    var member = Members.serving("a-1", "a");
    var heartbeat = new Heartbeat(new InstanceId("a-1"), 1, List.of(), CallTotals.NONE);
    given(resolver.listen(ArgumentMatchers.eq("*"), ArgumentMatchers.any()))
        .willAnswer(call -> {
          Consumer<Snapshot> listener = call.getArgument(1);
          listener.accept(new Snapshot(1, List.of(member)));
          // Nothing heard is not the same as nobody there
          listener.accept(Snapshot.EMPTY);
          return (AutoCloseable) () -> {};
        });

    runner.run(context -> {
      var stethoscope = context.getBean(Stethoscope.class);
      stethoscope.beat(heartbeat);

      assertThat(stethoscope.readings()).extracting(Reading::heartbeat).containsExactly(heartbeat);
      assertThat(context.getBean(StethoscopeProperties.class).thresholds())
          .isEqualTo(
              new Thresholds(
                  new Thresholds.Quarantine(
                      Duration.ofMillis(1200),
                      Duration.ofMillis(2100),
                      Duration.ofSeconds(1),
                      Duration.ofMillis(150)),
                  new Thresholds.Flagging(Duration.ofSeconds(10), Duration.ofSeconds(20)),
                  Duration.ofSeconds(1)));
    });
  }

  @Test
  void listeningEndsWithTheContext() throws Exception {
    var listening = mock(AutoCloseable.class);
    given(resolver.listen(ArgumentMatchers.any(), ArgumentMatchers.any())).willReturn(listening);

    runner.run(context -> assertThat(context).hasNotFailed());

    then(listening).should(times(2)).close();
  }

  @ParameterizedTest
  @CsvSource({
    "late-after, 1s, PT1S, 1001ms",
    "suspect-after, 1200ms, PT1.2S, 1201ms",
    "complaint-after, 0s, PT0S, 1ms",
    "ask-urgently, 0s, PT0S, 1ms",
    "flag-after, 0s, PT0S, 1ms",
    "ask-every, 0s, PT0S, 1ms"
  })
  void propertyAtOrBelowItsLimitStopsTheStart(
      String name, String limit, String printed, String above) {
    var property = "myelin.core.stethoscope." + name;

    runner
        .withPropertyValues(property + "=" + above)
        .run(context -> assertThat(context).hasNotFailed());
    runner
        .withPropertyValues(property + "=" + limit)
        .run(context ->
            assertThat(context)
                .getFailure()
                .rootCause()
                .hasMessage("%s is %s but must be more than %s", property, printed, printed));
  }

  @Test
  void flagAloneMayNotComeBeforeAFlagWithTwoVotes() {
    var property = "myelin.core.stethoscope.flag-alone-after";

    runner.withPropertyValues(property + "=10s").run(context -> assertThat(context).hasNotFailed());
    runner
        .withPropertyValues(property + "=9999ms")
        .run(context ->
            assertThat(context)
                .getFailure()
                .rootCause()
                .hasMessage(
                    "%s is PT9.999S but must not be less than flag-after, PT10S", property));
  }

  @Test
  void everyPropertyIsDescribed() throws IOException {
    try (var metadata =
        getClass().getResourceAsStream("/META-INF/spring-configuration-metadata.json")) {
      var json =
          new String(Objects.requireNonNull(metadata).readAllBytes(), StandardCharsets.UTF_8);
      var properties = JsonMapper.shared().readTree(json).get("properties");

      assertThat(properties.size()).isEqualTo(7);
      assertThat(properties)
          .allSatisfy(property -> assertThat(property.has("description")).isTrue());
    }
  }
}
