package dev.myelin.gateway;

import static dev.myelin.gateway.Descriptions.application;
import static dev.myelin.gateway.Descriptions.external;
import static dev.myelin.gateway.Descriptions.internal;
import static dev.myelin.gateway.Descriptions.operation;
import static dev.myelin.gateway.Descriptions.sticky;

import dev.myelin.client.JsonCalls;
import dev.myelin.client.ServiceClients;
import dev.myelin.contract.ServiceContract;
import dev.myelin.membership.ClusterFolder;
import dev.myelin.membership.Resolver;
import dev.myelin.wire.ClusterView;
import dev.myelin.wire.Endpoint;
import dev.myelin.wire.Heartbeat;
import dev.myelin.wire.InstanceControl;
import dev.myelin.wire.Orchestrator;
import dev.myelin.wire.UnaskedOrchestrator;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.context.support.GenericApplicationContext;

/// The real gateway on a free port, with the rest of the platform in a test's hands.
final class RunningGateway implements AutoCloseable {

  static final List<String> TOLERANT =
      List.of(
          "--myelin.core.gateway.start-timeout=200ms",
          "--myelin.core.gateway.connect-timeout=30s",
          "--server.address=127.0.0.1");

  /// What instances say of themselves; null for the usual.
  static final AtomicReference<dev.myelin.wire.@Nullable ApplicationDescription> DESCRIPTION =
      new AtomicReference<>();

  final FakeMembership membership = new FakeMembership();
  final AtomicReference<JsonCalls> calls =
      new AtomicReference<>(call -> "{\"called\":\"" + call.operation() + "\"}");
  final AtomicReference<Supplier<ClusterView>> cluster = new AtomicReference<>();

  final AtomicReference<Orchestrator> orchestrator = new AtomicReference<>(new Unasked());

  final Path folder;
  private final ConfigurableApplicationContext context;
  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  RunningGateway(String... arguments) {
    try {
      folder = Files.createTempDirectory("gateway");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    context =
        new SpringApplicationBuilder(Gateway.class)
            .initializers((GenericApplicationContext each) -> {
              each.registerBean(Resolver.class, () -> membership);
              each.registerBean(JsonCalls.class, () -> call -> calls.get().call(call));
              each.registerBean(Orchestrator.class, this::settable);
              each.registerBean(ClusterFolder.class, () -> new ClusterFolder(folder));
            })
            .run(arguments(arguments));
  }

  private static String[] arguments(String... further) {
    var all = new java.util.ArrayList<>(TOLERANT);
    all.add("--server.port=0");
    all.addAll(List.of(further));
    return all.toArray(String[]::new);
  }

  /// How calls are spread over the instances of a service of which nothing is said.
  @Nullable String generalStrategy() {
    return context.getEnvironment().getProperty("myelin.client.strategy");
  }

  URI uri(String path) {
    var port = context.getEnvironment().getProperty("local.server.port");
    return URI.create("http://127.0.0.1:" + port + path);
  }

  HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(uri(path)).timeout(Duration.ofSeconds(30));
  }

  HttpResponse<String> get(String path, String... headers) throws Exception {
    var request = request(path);
    if (headers.length > 0) {
      request.headers(headers);
    }
    return send(request.build());
  }

  HttpResponse<String> post(String path, String json) throws Exception {
    return send(
        request(path)
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(json))
            .build());
  }

  HttpResponse<String> send(HttpRequest request) throws IOException, InterruptedException {
    return client.send(request, BodyHandlers.ofString());
  }

  HttpClient client() {
    return client;
  }

  @Override
  public void close() {
    context.close();
    client.shutdownNow();
  }

  static final class Unasked extends UnaskedOrchestrator {}

  /// Passes on to what a test has set.
  private Orchestrator settable() {
    return (Orchestrator)
        Proxy.newProxyInstance(
            Orchestrator.class.getClassLoader(),
            new Class<?>[] {Orchestrator.class},
            (_, method, arguments) -> {
              if (method.getName().equals("cluster")) {
                return cluster.get().get();
              }
              try {
                return method.invoke(orchestrator.get(), arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }

  @Configuration(proxyBeanMethods = false)
  @EnableAutoConfiguration
  @Import(GatewayConfiguration.class)
  static class Gateway {

    @Bean
    ServiceClients serviceClients() {
      return new ServiceClients() {
        @Override
        public Object standIn(ServiceContract contract) {
          throw new UnsupportedOperationException("The gateway has no typed service");
        }

        @Override
        public Object standIn(ServiceContract contract, Endpoint endpoint) {
          return new Described();
        }
      };
    }
  }

  private static final class Described implements InstanceControl {

    @Override
    public Heartbeat check() {
      throw new UnsupportedOperationException("The gateway checks nobody");
    }

    @Override
    public void drain(Duration limit) {
      throw new UnsupportedOperationException("The gateway drains nobody");
    }

    @Override
    public dev.myelin.wire.ApplicationDescription describe() {
      var other = DESCRIPTION.get();
      if (other != null) {
        return other;
      }
      return application(
          "b1",
          external(
              "shop",
              operation("int", "price", "long item"),
              operation("int", "price", "java.lang.String name"),
              operation("void", "reset"),
              operation("java.lang.Void", "later"),
              sticky(operation("void", "order", "java.lang.String customer"), "customer")),
          internal("stock", operation("int", "left")));
    }
  }
}
