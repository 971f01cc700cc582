package dev.myelin.gateway.door;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.tomcat.autoconfigure.servlet.TomcatServletWebServerAutoConfiguration;
import org.springframework.boot.webmvc.autoconfigure.DispatcherServletAutoConfiguration;
import org.springframework.boot.webmvc.autoconfigure.WebMvcAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.web.servlet.function.RouterFunction;
import org.springframework.web.servlet.function.RouterFunctions;
import org.springframework.web.servlet.function.ServerResponse;

@Timeout(120)
final class DoorTests {

  private final HttpClient client = HttpClient.newHttpClient();

  @AfterEach
  void close() {
    client.close();
  }

  @SpringBootConfiguration(proxyBeanMethods = false)
  @ImportAutoConfiguration({
    TomcatServletWebServerAutoConfiguration.class,
    DispatcherServletAutoConfiguration.class,
    WebMvcAutoConfiguration.class
  })
  @Import(DoorConfiguration.class)
  static class Gateway {

    @Bean
    RouterFunction<ServerResponse> who() {
      return RouterFunctions.route()
          .GET(
              "/who",
              request ->
                  ServerResponse.ok()
                      .body(
                          request.servletRequest().getServletContext().getAttribute("name")
                              + " "
                              + Thread.currentThread().isVirtual()))
          .build();
    }
  }

  private static ConfigurableApplicationContext gateway(String name, int door) {
    var application = new SpringApplication(Gateway.class);
    application.setDefaultProperties(
        Map.of(
            "server.port", "0",
            "server.address", "127.0.0.1",
            "spring.threads.virtual.enabled", "true",
            "spring.main.banner-mode", "off",
            "myelin.core.gateway.door", door));
    application.addInitializers(context -> context.setId(name));
    var context = application.run();
    context.getBean(jakarta.servlet.ServletContext.class).setAttribute("name", name);
    return context;
  }

  // Below the ports that the system hands out by itself: a client that tries such a one while
  // nobody
  // listens may be given the same port for its own end, and then talks to itself
  private static ServerSocket taken() throws IOException {
    for (int port = 20_000 + (int) (ProcessHandle.current().pid() % 9_000); ; port++) {
      try {
        return new ServerSocket(port, 1, InetAddress.ofLiteral("127.0.0.1"));
      } catch (BindException e) {
        if (port > 32_000) {
          throw e;
        }
      }
    }
  }

  private String who(int port) throws IOException, InterruptedException {
    return client
        .send(
            HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/who")).build(),
            BodyHandlers.ofString())
        .body();
  }

  /// Who answers, as soon as anybody does.
  private String firstAnswer(int port) throws InterruptedException {
    while (true) {
      try {
        return who(port);
      } catch (IOException _) {
        Thread.onSpinWait();
      }
    }
  }

  @Test
  void doorIsTakenWhenItIsFreeAndByTheNextWhenItsGatewayEnds() throws Exception {
    int door;
    ConfigurableApplicationContext first;
    try (var other = taken()) {
      door = other.getLocalPort();
      first = gateway("first", door);
      int own = first.getEnvironment().getRequiredProperty("local.server.port", Integer.class);
      assertThat(own).isNotEqualTo(door);
      assertThat(who(own)).isEqualTo("first true");
    }

    assertThat(firstAnswer(door)).isEqualTo("first true");
    try (var second = gateway("second", door)) {
      assertThat(who(door)).isEqualTo("first true");

      first.close();

      assertThat(firstAnswer(door)).isEqualTo("second true");
      assertThat(second.isActive()).isTrue();
    }
  }

  @Test
  void doorOutsideThePortsIsRefused() {
    assertThatThrownBy(() -> new DoorProperties(0))
        .hasMessageContaining("'myelin.core.gateway.door' is 0");
    assertThatThrownBy(() -> new DoorProperties(65_536)).hasMessageContaining("65536");
    assertThat(new DoorProperties(null).door()).isNull();
  }
}
