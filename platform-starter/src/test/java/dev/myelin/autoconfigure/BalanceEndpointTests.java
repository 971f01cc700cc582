package dev.myelin.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.myelin.Microservice;
import dev.myelin.MicroserviceObject;
import dev.myelin.ObjectId;
import dev.myelin.Strategy;
import dev.myelin.client.NetworkClients;
import dev.myelin.membership.Resolver;
import dev.myelin.wire.InstanceState;
import dev.myelin.wire.Member;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.cloud.context.environment.EnvironmentChangeEvent;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.core.env.MapPropertySource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// How calls are spread, seen and changed in a running front: by the actuator over HTTP, and by
/// properties.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@ExtendWith(OutputCaptureExtension.class)
class BalanceEndpointTests {

  private static final String STRATEGY = "myelin.services.price-list.strategy";

  private final SettableMembership membership = new SettableMembership();
  private final HttpClient http = HttpClient.newHttpClient();

  @SuppressWarnings("NullAway.Init") // set before the tests
  private ConfigurableApplicationContext context;

  @BeforeAll
  void start() {
    membership.put("price-list", "a", null, InstanceState.SERVING);
    membership.put("price-list", "b", null, InstanceState.QUARANTINED);
    membership.put("price-list", "c", null, InstanceState.SERVING);
    var named = membership.snapshot("price-list").members().getLast();
    membership.put(
        "price-list", new Member(named.instance(), named.state(), List.of("price-list")));
    context =
        new SpringApplicationBuilder(Shop.class)
            .initializers((GenericApplicationContext each) ->
                each.registerBean(Resolver.class, () -> membership))
            .run(
                "--server.port=0",
                "--server.address=127.0.0.1",
                "--management.endpoints.web.exposure.include=myelin",
                "--myelin.mode=process",
                "--myelin.instance-id=front",
                "--myelin.cluster.folder=target/cluster",
                "--" + STRATEGY + "=single");
  }

  @AfterEach
  void asItWas() {
    context.getBean(NetworkClients.class).use("price-list", Strategy.SINGLE);
  }

  @AfterAll
  void end() {
    context.close();
    http.close();
  }

  private HttpResponse<String> send(String path, String... body) throws Exception {
    var port = context.getEnvironment().getProperty("local.server.port");
    var request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/actuator/myelin" + path));
    if (body.length > 0) {
      request.header("Content-Type", "application/json").POST(BodyPublishers.ofString(body[0]));
    }
    return http.send(request.build(), BodyHandlers.ofString());
  }

  private JsonNode read(String path) throws Exception {
    return JsonMapper.shared().readTree(send(path).body());
  }

  private Strategy strategy() {
    return context.getBean(NetworkClients.class).balance("price-list").strategy();
  }

  @Test
  void endpointTellsHowCallsAreSpread() throws Exception {
    var service = read("").path("price-list");

    assertThat(service.path("strategy").asString()).isEqualTo("SINGLE");
    // ten at first, one more with each second
    assertThat(service.path("retries").asInt()).isBetween(10, 100);
    assertThat(service.path("instances").valueStream().map(JsonNode::toString))
        .containsExactly(
            "{\"id\":\"a\",\"endpoint\":\"127.0.0.1:1\",\"state\":\"SERVING\",\"chosen\":true,\"named\":false,\"ejected\":false,\"inFlight\":0}",
            "{\"id\":\"b\",\"endpoint\":\"127.0.0.1:1\",\"state\":\"QUARANTINED\",\"chosen\":false,\"named\":false,\"ejected\":false,\"inFlight\":0}",
            "{\"id\":\"c\",\"endpoint\":\"127.0.0.1:1\",\"state\":\"SERVING\",\"chosen\":true,\"named\":true,\"ejected\":false,\"inFlight\":0}");
    assertThat(read("/price-list").path("instances")).isEqualTo(service.path("instances"));
  }

  @Test
  void endpointDoesNotKnowAServiceThatIsNotCalled() throws Exception {
    assertThat(send("/other").statusCode()).isEqualTo(404);
    assertThat(send("/other", "{\"strategy\":\"single\"}").statusCode()).isEqualTo(400);
  }

  @Test
  void endpointChangesTheStrategy() throws Exception {
    assertThat(send("/price-list", "{\"strategy\":\"least-loaded\"}").statusCode()).isEqualTo(204);

    assertThat(strategy()).isEqualTo(Strategy.LEAST_LOADED);
    assertThat(read("/price-list").path("strategy").asString()).isEqualTo("LEAST_LOADED");
  }

  @Test
  void endpointRefusesWhatCannotBe() throws Exception {
    assertThat(send("/price-list", "{\"strategy\":\"nearest\"}").statusCode()).isEqualTo(400);
    assertThat(send("/price-list", "{\"strategy\":\"sticky\"}").statusCode()).isEqualTo(400);
    assertThat(send("/price-list", "{}").statusCode()).isEqualTo(400);
    assertThat(strategy()).isEqualTo(Strategy.SINGLE);
  }

  private void change(String property, String value) {
    context
        .getEnvironment()
        .getPropertySources()
        .addFirst(new MapPropertySource("changed", Map.of(property, value)));
    context.publishEvent(new EnvironmentChangeEvent(context, Set.of(property)));
    context.getEnvironment().getPropertySources().remove("changed");
  }

  @Test
  void propertyThatChangesIsFollowed() {
    change(STRATEGY, "orchestrated");
    assertThat(strategy()).isEqualTo(Strategy.ORCHESTRATED);

    change("myelin.services[price-list].strategy", "preferred");
    assertThat(strategy()).isEqualTo(Strategy.PREFERRED);
  }

  @Test
  void otherPropertiesChangeNothing() {
    context.getBean(NetworkClients.class).use("price-list", Strategy.PREFERRED);

    change("myelin.services.price-list.timeout", "1s");
    change("myelin.services", "x");
    change("STRATEGY", "x");

    assertThat(strategy()).isEqualTo(Strategy.PREFERRED);
  }

  @Test
  void objectsAreStickyByTheirIds() {
    var clients = context.getBean(NetworkClients.class);
    assertThat(clients.balance("note").strategy()).isEqualTo(Strategy.STICKY);

    change("myelin.services.note.strategy", "round-robin");
    assertThat(clients.balance("note").strategy()).isEqualTo(Strategy.ROUND_ROBIN);

    change("myelin.services.note.strategy", "sticky");
    assertThat(clients.balance("note").strategy()).isEqualTo(Strategy.STICKY);
  }

  @Test
  void propertyThatIsGoneMeansTheDefault() {
    context.publishEvent(
        new EnvironmentChangeEvent(context, Set.of("myelin.services.never-set.strategy")));

    assertThat(context.getBean(NetworkClients.class).balance("never-set").strategy())
        .isEqualTo(Strategy.ROUND_ROBIN);
  }

  @Test
  void propertyThatCannotBeUsedIsSaidAndChangesNothing(CapturedOutput output) {
    change(STRATEGY, "nearest");
    change(STRATEGY, "sticky");

    assertThat(strategy()).isEqualTo(Strategy.SINGLE);
    assertThat(output)
        .contains("'" + STRATEGY + "' has changed to 'nearest', which is not used; SINGLE stays")
        .contains("Service 'price-list' cannot be sticky: no operation has a parameter");
  }

  @Test
  void nothingIsShownInProcess() {
    Contexts.inProcess()
        .withConfiguration(
            org.springframework.boot.autoconfigure.AutoConfigurations.of(
                BalanceAutoConfiguration.class))
        .withPropertyValues("management.endpoints.web.exposure.include=*")
        .run(inProcess ->
            assertThat(inProcess)
                .doesNotHaveBean(MyelinEndpoint.class)
                .doesNotHaveBean(RunningStrategies.class));
  }

  @Test
  void nothingBreaksWithoutActuatorAndSpringCloud() {
    Contexts.front()
        .withConfiguration(
            org.springframework.boot.autoconfigure.AutoConfigurations.of(
                BalanceAutoConfiguration.class))
        .withClassLoader(
            new FilteredClassLoader(
                "org.springframework.cloud", "org.springframework.boot.actuate"))
        .withBean(NetworkClients.class, () -> context.getBean(NetworkClients.class))
        .withBean(Balancing.class, () -> context.getBean(Balancing.class))
        .run(without -> assertThat(without).hasNotFailed().hasSingleBean(RunningStrategies.class));
  }

  @Microservice
  interface PriceList {

    int price(String item);
  }

  @MicroserviceObject
  static class Note {

    @ObjectId private String id = "";

    public String id() {
      return id;
    }
  }

  record Caller(PriceList prices) {}

  @Configuration(proxyBeanMethods = false)
  @EnableAutoConfiguration
  @Import({LoadBalancedHttpTests.Application.class, BalanceEndpointTests.Note.class})
  static class Shop {

    @Bean
    Caller caller(PriceList prices) {
      return new Caller(prices);
    }
  }
}
