package dev.myelin.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.myelin.server.HostedServices;
import dev.myelin.server.HostedServices.Hosted;
import dev.myelin.testapp.TestApplication;
import dev.myelin.testapp.TestApplication.Counter;
import dev.myelin.testapp.TestApplication.Greeter;
import dev.myelin.testapp.TestApplication.Order;
import dev.myelin.testapp.TestApplication.Report;
import dev.myelin.testapp.TestApplication.Shop;
import dev.myelin.testapp.Traces;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.aop.support.AopUtils;
import org.springframework.boot.CommandLineRunner;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.scheduling.annotation.ScheduledAnnotationBeanPostProcessor;

/// Whole applications in the three kinds of process.
final class ProcessRoleTests {

  private final List<ConfigurableApplicationContext> contexts = new ArrayList<>();

  @BeforeEach
  void clear() {
    Traces.clear();
  }

  @AfterEach
  void close() {
    contexts.forEach(ConfigurableApplicationContext::close);
  }

  private ConfigurableApplicationContext run(WebApplicationType web, String... properties) {
    var all = new ArrayList<>(List.of("spring.main.banner-mode=off", "spring.jmx.enabled=false"));
    all.addAll(Arrays.asList(properties));
    var context =
        new SpringApplicationBuilder(TestApplication.class, Contexts.Fakes.class)
            .web(web)
            .run(all.stream().map(property -> "--" + property).toArray(String[]::new));
    contexts.add(context);
    return context;
  }

  private ConfigurableApplicationContext cluster(WebApplicationType web, String hosts) {
    return run(
        web,
        "myelin.mode=process",
        "myelin.cluster.folder=target/cluster",
        "myelin.hosts=" + hosts);
  }

  private static void await(BooleanSupplier condition) throws InterruptedException {
    var end = System.nanoTime() + Duration.ofSeconds(10).toNanos();
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).as("in time").isLessThan(end);
      Thread.sleep(10);
    }
  }

  @Test
  void applicationWhenInProcessRunsEverythingOnce() throws Exception {
    run(WebApplicationType.NONE);

    await(() -> Traces.ran().contains("tick") && Traces.ran().contains("clockwork ticks"));
    assertThat(Traces.ran())
        .containsOnlyOnce(
            "main runner",
            "lambda runner",
            "seed runner",
            "report runner",
            "ready listener",
            "started listener",
            "announcer",
            "hosted listener",
            "greeter",
            "counter",
            "tick",
            "clockwork ticks");
  }

  @Test
  void frontWhenStartedRunsWhatIsNoServiceAndCallsSchedulesOfServices() throws Exception {
    var context = cluster(WebApplicationType.NONE, "");

    var clients = context.getBean(RecordingClients.class);
    await(() -> !clients.calls().isEmpty() && Traces.ran().contains("clockwork ticks"));
    assertThat(clients.calls()).containsExactly("counter.tick()");
    assertThat(Traces.ran())
        .containsOnlyOnce(
            "main runner",
            "lambda runner",
            "seed runner",
            "report runner",
            "ready listener",
            "started listener",
            "announcer",
            "clockwork ticks")
        .doesNotContain("greeter", "counter", "tick", "sleeper", "hosted listener");
  }

  @Test
  void instanceWhenStartedHasItsServicesAndRunsNothingElse() {
    var context = cluster(WebApplicationType.NONE, "greeter,sleeper");

    assertThat(Traces.ran()).containsExactly("greeter", "hosted listener");
    assertThat(context.getBeanNamesForType(ScheduledAnnotationBeanPostProcessor.class)).isEmpty();
    assertThat(context.getBean(RecordingClients.class).calls()).isEmpty();

    var hosted = context.getBean(HostedServices.class).services();
    assertThat(hosted)
        .extracting(one -> one.contract().name())
        .containsExactly("greeter", "sleeper");
    assertThat(bean(hosted, "sleeper")).isInstanceOf(TestApplication.Sleeper.class);
    assertThat(Traces.ran()).endsWith("sleeper");
    assertThat(((Greeter) bean(hosted, "greeter")).greet("Ada")).isEqualTo("hello Ada, seed 42");
  }

  private static Object bean(List<Hosted> hosted, String service) {
    return hosted.stream()
        .filter(one -> one.contract().name().equals(service))
        .findFirst()
        .orElseThrow()
        .bean()
        .get();
  }

  @Test
  void instanceWhenAskedLaterHasItsRunnersAndListeners() throws Exception {
    var context = cluster(WebApplicationType.NONE, "greeter");

    assertThat(context.getBean(Report.class).title()).isEqualTo("title");
    context.getBean(Report.class).run();
    context.getBean("lambdaRunner", CommandLineRunner.class).run();
    context.publishEvent(new Order(7));

    assertThat(Traces.ran())
        .containsSubsequence("report", "report runner", "database", "lambda runner", "order 7");
  }

  @Test
  void instanceWhenItCallsAnotherServiceHasAStandIn() {
    var context = cluster(WebApplicationType.NONE, "greeter");

    context.getBean(Counter.class).tick();

    assertThat(context.getBean(RecordingClients.class).calls()).containsExactly("counter.tick()");
    assertThat(AopUtils.isAopProxy(context.getBean(Greeter.class))).isFalse();
  }

  @Test
  void coreWhenStartedIsNoInstance() {
    cluster(WebApplicationType.NONE, "myelin-orchestrator");

    assertThat(Traces.ran()).contains("main runner", "report runner", "ready listener");
  }

  private static HttpResponse<String> get(ConfigurableApplicationContext context, String path)
      throws IOException, InterruptedException {
    var port = context.getEnvironment().getRequiredProperty("local.server.port");
    try (var client = HttpClient.newHttpClient()) {
      return client.send(
          HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path)).build(),
          HttpResponse.BodyHandlers.ofString());
    }
  }

  @Test
  void instanceWhenWebServesTheActuatorAlone() throws Exception {
    var context = cluster(WebApplicationType.SERVLET, "greeter");

    assertThat(get(context, "/actuator/health").statusCode()).isEqualTo(200);
    var refused = get(context, "/shop");
    assertThat(refused.statusCode()).isEqualTo(404);
    assertThat(refused.body().lines()).singleElement().asString().contains("/actuator", "gateway");
    assertThat(get(context, "/actuator/../shop").statusCode()).isNotEqualTo(200);
    assertThat(get(context, "/actuatorx").statusCode()).isEqualTo(404);
    assertThat(Traces.ran()).doesNotContain("shop");
    assertThat(context.getBeansOfType(Shop.class)).hasSize(1);
  }

  @Test
  void frontWhenWebServesTheApplicationOnAnyPort() throws Exception {
    var context = cluster(WebApplicationType.SERVLET, "");

    assertThat(get(context, "/shop").body()).isEqualTo("open");
    assertThat(context.getEnvironment().getProperty("server.port")).isEqualTo("0");
    assertThat(context.getEnvironment().getProperty("spring.main.keep-alive")).isEqualTo("true");
  }
}
