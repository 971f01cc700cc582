package dev.myelin.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.myelin.client.NetworkClients;
import dev.myelin.client.pick.Roster;
import dev.myelin.membership.Resolver;
import dev.myelin.wire.Endpoint;
import dev.myelin.wire.InstanceState;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.beans.factory.annotation.AnnotatedBeanDefinition;
import org.springframework.beans.factory.support.BeanDefinitionRegistryPostProcessor;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.support.GenericApplicationContext;

/// An `lb://` route of Spring Cloud Gateway in an application of a cluster, to two real HTTP
/// servers that membership lists as fronts.
class LoadBalancedRouteTests {

  private final FakeMembership membership = new FakeMembership();
  private final HttpClient http = HttpClient.newHttpClient();
  private final Front a = new Front("a");
  private final Front b = new Front("b");

  @SuppressWarnings("NullAway.Init") // set before each test
  private ConfigurableApplicationContext context;

  private static final class Front {
    final AtomicInteger requests = new AtomicInteger();
    final HttpServer server;
    final String name;
    volatile CountDownLatch open = new CountDownLatch(0);
    volatile CountDownLatch arrived = new CountDownLatch(1);

    Front(String name) {
      this.name = name;
      try {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
      } catch (IOException e) {
        throw new AssertionError(e);
      }
      server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
      server.createContext(
          "/",
          exchange -> {
            requests.incrementAndGet();
            arrived.countDown();
            await(open);
            var body = (name + exchange.getRequestURI()).getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, body.length);
            try (var out = exchange.getResponseBody()) {
              out.write(body);
            }
          });
      server.start();
    }

    dev.myelin.wire.Member member() {
      return FakeMembership.front(name, new Endpoint("127.0.0.1", server.getAddress().getPort()));
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  @BeforeEach
  void start() {
    membership.set("front", a.member(), b.member());
    context =
        new SpringApplicationBuilder(Routing.class)
            .initializers((GenericApplicationContext each) ->
                each.registerBean(Resolver.class, () -> membership))
            .run(
                "--server.port=0",
                "--server.address=127.0.0.1",
                "--myelin.mode=process",
                "--myelin.instance-id=router",
                "--myelin.cluster.folder=target/cluster",
                "--spring.cloud.gateway.server.webmvc.routes[0].id=x",
                "--spring.cloud.gateway.server.webmvc.routes[0].uri=lb://front",
                // not /**: the error page of a failed request would be routed, too
                "--spring.cloud.gateway.server.webmvc.routes[0].predicates[0]=Path=/x");
  }

  @AfterEach
  void end() {
    context.close();
    http.close();
    a.server.stop(0);
    b.server.stop(0);
  }

  private HttpResponse<String> get(String path) throws IOException, InterruptedException {
    var port = context.getEnvironment().getProperty("local.server.port");
    return http.send(
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path)).build(),
        BodyHandlers.ofString());
  }

  private List<Roster.Standing> standings() {
    return context.getBean(NetworkClients.class).balance("front").standings();
  }

  @Test
  void requestsGoToAllInTurn() throws Exception {
    for (int i = 0; i < 10; i++) {
      assertThat(get("/x?y=1").body()).isIn("a/x?y=1", "b/x?y=1");
    }

    assertThat(a.requests).hasValue(5);
    assertThat(b.requests).hasValue(5);
  }

  @ParameterizedTest
  @EnumSource(names = {"QUARANTINED", "DRAINING"})
  void noRequestReachesAFrontThatDoesNotServe(InstanceState state) throws Exception {
    membership.set("front", a.member(), b.member().withState(state));

    for (int i = 0; i < 20; i++) {
      assertThat(get("/x").body()).isEqualTo("a/x");
    }
    assertThat(b.requests).hasValue(0);
  }

  @Test
  void requestIsInFlightUntilItsResponse() throws Exception {
    membership.set("front", a.member());
    a.open = new CountDownLatch(1);
    var caller =
        Thread.startVirtualThread(() -> {
          try {
            get("/x");
          } catch (IOException | InterruptedException e) {
            throw new AssertionError(e);
          }
        });
    await(a.arrived);
    assertThat(standings().getFirst().candidate().inFlight()).isEqualTo(1);

    a.open.countDown();
    caller.join();
    assertThat(standings().getFirst().candidate().inFlight()).isZero();
  }

  @Test
  void frontThatGivesNoAnswersIsEjected() throws Exception {
    b.server.stop(0);
    int failed = 0;
    for (int i = 0; i < 40; i++) {
      failed += get("/x").statusCode() == 200 ? 0 : 1;
    }

    // ejected after five in a row, and one more after 1, 2, 4 … s: half of them without ejection
    assertThat(failed).isBetween(5, 12);
    assertThat(standings().getLast().candidate().inGoodStanding()).isFalse();
  }

  @Configuration(proxyBeanMethods = false)
  @EnableAutoConfiguration
  static class Routing {

    // the test says who is there
    @Bean
    static BeanDefinitionRegistryPostProcessor membershipRemoval() {
      return registry -> {
        for (var name : registry.getBeanDefinitionNames()) {
          if (registry.getBeanDefinition(name) instanceof AnnotatedBeanDefinition definition
              && definition.getFactoryMethodMetadata() != null
              && definition
                  .getFactoryMethodMetadata()
                  .getDeclaringClassName()
                  .endsWith(".MembershipConfiguration")) {
            registry.removeBeanDefinition(name);
          }
        }
      };
    }
  }
}
