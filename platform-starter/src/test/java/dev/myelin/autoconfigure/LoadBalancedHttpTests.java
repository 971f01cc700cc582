package dev.myelin.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.myelin.Strategy;
import dev.myelin.client.Balance;
import dev.myelin.client.NetworkClients;
import dev.myelin.client.http.AttemptLifecycle;
import dev.myelin.client.pick.Roster;
import dev.myelin.membership.Resolver;
import dev.myelin.wire.InstanceState;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.beans.factory.annotation.AnnotatedBeanDefinition;
import org.springframework.beans.factory.support.BeanDefinitionRegistryPostProcessor;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.cloud.client.DefaultServiceInstance;
import org.springframework.cloud.client.ServiceInstance;
import org.springframework.cloud.client.discovery.DiscoveryClient;
import org.springframework.cloud.client.loadbalancer.DefaultResponse;
import org.springframework.cloud.client.loadbalancer.LoadBalanced;
import org.springframework.cloud.client.loadbalancer.Request;
import org.springframework.cloud.client.loadbalancer.Response;
import org.springframework.cloud.loadbalancer.annotation.LoadBalancerClients;
import org.springframework.cloud.loadbalancer.core.ReactorServiceInstanceLoadBalancer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.web.client.HttpServerErrorException;
import org.springframework.web.client.ResourceAccessException;
import org.springframework.web.client.RestClient;
import reactor.core.publisher.Mono;

/// A load-balanced RestClient of a Boot application, and two real HTTP servers.
class LoadBalancedHttpTests {

  private final HttpScene a = new HttpScene("a");
  private final HttpScene b = new HttpScene("b");
  private final SettableMembership membership = new SettableMembership();

  @SuppressWarnings("NullAway.Init") // set before each test
  private ConfigurableApplicationContext context;

  @BeforeEach
  void bothServe() {
    membership.put("shop", "a", a.endpoint(), InstanceState.SERVING);
    membership.put("shop", "b", b.endpoint(), InstanceState.SERVING);
    context = start(Application.class);
  }

  private ConfigurableApplicationContext start(Class<?> application) {
    return new SpringApplicationBuilder(application)
        .web(WebApplicationType.NONE)
        .initializers(
            (GenericApplicationContext each) -> each.registerBean(Resolver.class, () -> membership))
        .run(
            "--myelin.mode=process",
            "--myelin.instance-id=front",
            "--myelin.cluster.folder=target/cluster",
            "--spring.main.keep-alive=false",
            "--spring.cloud.discovery.client.simple.instances.legacy[0].uri=http://"
                + b.endpoint());
  }

  @AfterEach
  void end() {
    context.close();
    a.close();
    b.close();
  }

  private String get(String service, String... header) {
    var request =
        context.getBean(RestClient.Builder.class).build().get().uri("http://" + service + "/x");
    if (header.length > 0) {
      request.header(header[0], header[1]);
    }
    return String.valueOf(request.retrieve().body(String.class));
  }

  private List<String> answers(int count) {
    return IntStream.range(0, count).mapToObj(_ -> get("shop")).toList();
  }

  private Balance balance() {
    return context.getBean(NetworkClients.class).balance("shop");
  }

  private Roster.Standing standing(String id) {
    return balance().standings().stream()
        .filter(standing -> standing.candidate().id().value().equals(id))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void requestsGoToAllInTurn() {
    assertThat(answers(10)).containsOnly("a", "b");
    assertThat(a.requests).hasValue(5);
    assertThat(b.requests).hasValue(5);
  }

  @ParameterizedTest
  @EnumSource(names = {"STARTING", "QUARANTINED", "DRAINING"})
  void noRequestReachesAnInstanceThatDoesNotServe(InstanceState state) {
    answers(2);
    membership.state("shop", "b", state);
    b.requests.set(0);

    assertThat(answers(20)).containsOnly("a");
    assertThat(b.requests).hasValue(0);
  }

  @Test
  void instanceWithoutAnHttpServerGetsNoRequest() {
    membership.put("shop", "c", null, InstanceState.SERVING);

    assertThat(answers(30)).containsOnly("a", "b");
  }

  @Test
  void strategyOfTheServiceIsThatOfItsRequestsToo() {
    context.getBean(NetworkClients.class).use("shop", Strategy.ORCHESTRATED);
    assertThat(answers(10)).containsOnly("a");

    context.getBean(NetworkClients.class).use("shop", Strategy.STICKY);
    var owners = new HashSet<String>();
    for (int key = 0; key < 30; key++) {
      var hint = "customer-" + key;
      var first = get("shop", "X-SC-LB-Hint", hint);
      owners.add(first);
      assertThat(get("shop", "X-SC-LB-Hint", hint)).isEqualTo(first);
    }
    assertThat(owners).containsExactlyInAnyOrder("a", "b");
  }

  @Test
  void requestIsInFlightUntilItsResponse() throws InterruptedException {
    membership.state("shop", "b", InstanceState.DRAINING);
    var arrived = new CountDownLatch(1);
    var answer = new CountDownLatch(1);
    a.status =
        () -> {
          arrived.countDown();
          await(answer);
          return 200;
        };
    var caller = Thread.startVirtualThread(() -> get("shop"));
    await(arrived);
    assertThat(standing("a").candidate().inFlight()).isEqualTo(1);

    answer.countDown();
    caller.join();
    assertThat(standing("a").candidate().inFlight()).isZero();
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void instanceThatGivesNoAnswersIsEjected() {
    b.close();
    int failed = 0;
    for (int i = 0; i < 40; i++) {
      try {
        get("shop");
      } catch (ResourceAccessException _) {
        failed++;
      }
    }

    // ejected after five in a row, and one more after 1, 2, 4 … s: half of them without ejection
    assertThat(failed).isBetween(5, 12);
    assertThat(standing("b").candidate().inGoodStanding()).isFalse();
    assertThat(standing("b").candidate().inFlight()).isZero();
  }

  @Test
  void instanceWithoutRoomIsNotBlamedAndAvoidedByLoad() {
    context.getBean(NetworkClients.class).use("shop", Strategy.LEAST_LOADED);
    membership.state("shop", "a", InstanceState.DRAINING);
    b.status = () -> 503;
    for (int i = 0; i < 10; i++) {
      assertThatExceptionOfType(HttpServerErrorException.class).isThrownBy(() -> get("shop"));
    }
    assertThat(standing("b").ejected()).isFalse();
    assertThat(standing("b").candidate().inGoodStanding()).isTrue();
    assertThat(standing("b").candidate().load()).isEqualTo(2);
  }

  @Test
  void requestWaitsForAnInstance() {
    membership.put("late", "c", a.endpoint(), InstanceState.STARTING);
    var caller = Thread.ofVirtual().unstarted(() -> assertThat(get("late")).isEqualTo("a"));
    var failure = new Throwable[1];
    caller.setUncaughtExceptionHandler((_, e) -> failure[0] = e);
    caller.start();
    while (membership.listeners() == 0 && caller.isAlive()) {
      Thread.onSpinWait();
    }
    membership.state("late", "c", InstanceState.SERVING);
    join(caller);

    assertThat(failure[0]).isNull();
    assertThat(membership.listeners()).isZero();
  }

  private static void join(Thread thread) {
    try {
      thread.join();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void requestWhenNobodyServesIsToldSo() {
    membership.state("shop", "a", InstanceState.DRAINING);
    membership.state("shop", "b", InstanceState.DRAINING);

    assertThatExceptionOfType(IllegalStateException.class)
        .isThrownBy(() -> get("shop"))
        .withMessageContaining("No instances available for shop");
    assertThat(a.requests).hasValue(0);
    assertThat(b.requests).hasValue(0);
  }

  @Test
  void serviceThatIsNotOursIsFoundAsBefore() {
    assertThat(get("legacy")).isEqualTo("b");
  }

  @Test
  void discoveryTellsWhoMayBeChosen() {
    membership.state("shop", "b", InstanceState.QUARANTINED);
    var discovery = context.getBean(DiscoveryClient.class);

    assertThat(discovery.getServices()).contains("front", "legacy");
    assertThat(discovery.getInstances("shop"))
        .extracting(ServiceInstance::getInstanceId, ServiceInstance::getPort)
        .containsExactly(org.assertj.core.groups.Tuple.tuple("a", a.endpoint().port()));
  }

  @Test
  void loadBalancerOfTheApplicationWins() {
    context.close();
    context = start(WithItsOwn.class);

    assertThat(answers(6)).containsOnly("b");
    assertThat(get("another")).isEqualTo("b");
  }

  @Test
  void nothingIsMadeInProcess() {
    Contexts.inProcess()
        .withConfiguration(
            org.springframework.boot.autoconfigure.AutoConfigurations.of(
                LoadBalancingAutoConfiguration.class))
        .run(inProcess -> assertThat(inProcess).doesNotHaveBean(AttemptLifecycle.class));
  }

  @Test
  void nothingIsMadeWithoutSpringCloudLoadBalancer() {
    Contexts.front()
        .withConfiguration(
            org.springframework.boot.autoconfigure.AutoConfigurations.of(
                LoadBalancingAutoConfiguration.class))
        .withClassLoader(new FilteredClassLoader("org.springframework.cloud"))
        .run(without ->
            assertThat(without)
                .hasNotFailed()
                .doesNotHaveBean(LoadBalancingAutoConfiguration.class));
  }

  @Configuration(proxyBeanMethods = false)
  @EnableAutoConfiguration
  static class Application {

    private static final Set<String> REMOVED = Set.of(MembershipConfiguration.class.getName());

    @Bean
    @LoadBalanced
    RestClient.Builder balanced() {
      return RestClient.builder();
    }

    // the test says who is there
    @Bean
    static BeanDefinitionRegistryPostProcessor membershipRemoval() {
      return registry -> {
        for (var name : registry.getBeanDefinitionNames()) {
          if (registry.getBeanDefinition(name) instanceof AnnotatedBeanDefinition definition
              && definition.getFactoryMethodMetadata() != null
              && REMOVED.contains(definition.getFactoryMethodMetadata().getDeclaringClassName())) {
            registry.removeBeanDefinition(name);
          }
        }
      };
    }
  }

  @Configuration(proxyBeanMethods = false)
  @Import(Application.class)
  @LoadBalancerClients(defaultConfiguration = AlwaysLegacy.class)
  static class WithItsOwn {}

  static class AlwaysLegacy {

    @Bean
    ReactorServiceInstanceLoadBalancer always(DiscoveryClient discovery) {
      var only = discovery.getInstances("legacy").getFirst();
      return new Always(
          new DefaultServiceInstance("x", "x", only.getHost(), only.getPort(), false));
    }
  }

  private record Always(ServiceInstance instance) implements ReactorServiceInstanceLoadBalancer {

    @Override
    @SuppressWarnings("rawtypes")
    public Mono<Response<ServiceInstance>> choose(Request request) {
      return Mono.just(new DefaultResponse(instance));
    }
  }
}
