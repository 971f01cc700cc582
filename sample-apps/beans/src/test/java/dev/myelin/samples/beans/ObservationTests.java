package dev.myelin.samples.beans;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.myelin.callpath.Sides;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.springframework.boot.WebApplicationType;
import org.springframework.context.ConfigurableApplicationContext;

/// One observation for each call and for each served operation.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class ObservationTests {

  @SuppressWarnings("NullAway.Init") // set before each test
  private Sides sides;

  @BeforeAll
  void start() throws IOException {
    sides = Sides.remote(BeansApplication.class, WebApplicationType.SERVLET, "--server.port=0");
  }

  @AfterAll
  void stop() {
    sides.close();
  }

  @Test
  void callIsTimedWhereItLeavesAndWhereItIsServed() {
    sides.caller().getBean(Hidden.class).found();

    assertThat(count(sides.caller(), "myelin.call", "hidden", "found", "SUCCESS")).isEqualTo(1);
    assertThat(count(sides.host(), "myelin.serve", "hidden", "found", "SUCCESS")).isEqualTo(1);
    assertThat(count(sides.host(), "myelin.call", "hidden", "found", "SUCCESS")).isZero();
  }

  @Test
  void callThatThrowsIsTimedAsThrown() {
    var ledger = sides.caller().getBean(Annotated.Ledger.class);

    assertThat(catchThrowable(() -> ledger.enter("a", true))).isNotNull();

    assertThat(count(sides.caller(), "myelin.call", "ledger", "enter", "THROWN")).isEqualTo(1);
    assertThat(count(sides.host(), "myelin.serve", "ledger", "enter", "THROWN")).isEqualTo(1);
  }

  @Test
  void futureIsTimedWhenItCompletes() throws Exception {
    sides.caller().getBean(Annotated.Background.class).thread().get(20, TimeUnit.SECONDS);

    assertThat(count(sides.caller(), "myelin.call", "background", "thread", "SUCCESS"))
        .isEqualTo(1);
    assertThat(count(sides.host(), "myelin.serve", "background", "thread", "SUCCESS")).isEqualTo(1);
  }

  @Test
  void instanceAnswersPrometheusWithTheTimersOfItsOperations() throws Exception {
    sides.caller().getBean(Annotated.Advised.class).plain();

    assertThat(scrape(sides.host()))
        .contains("myelin_serve_seconds_count{")
        .contains("service=\"advised\"")
        .contains("operation=\"plain\"");
  }

  @Test
  void nobodyObservesWhenThePropertyIsOff() throws IOException {
    try (var quiet = Sides.remote(BeansApplication.class, "--myelin.observation.enabled=false")) {
      quiet.caller().getBean(Hidden.class).found();

      assertThat(quiet.host().getBean(MeterRegistry.class).find("myelin.serve").timers()).isEmpty();
    }
  }

  private static long count(ConfigurableApplicationContext context, String name, String... keys) {
    Timer timer =
        context
            .getBean(MeterRegistry.class)
            .find(name)
            .tags("service", keys[0], "operation", keys[1], "outcome", keys[2])
            .timer();
    return timer == null ? 0 : timer.count();
  }

  private static String scrape(ConfigurableApplicationContext context) throws Exception {
    var port = context.getEnvironment().getRequiredProperty("local.server.port");
    try (var client = HttpClient.newHttpClient()) {
      return client
          .send(
              HttpRequest.newBuilder(
                      URI.create("http://127.0.0.1:" + port + "/actuator/prometheus"))
                  .build(),
              HttpResponse.BodyHandlers.ofString())
          .body();
    }
  }
}
