package dev.myelin.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.myelin.CallException;
import dev.myelin.Execution;
import dev.myelin.Microservice;
import dev.myelin.local.LocalClusterProcess.Setup;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.aop.support.AopUtils;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;

/// A process outside a cluster, which reaches what is inside through its gateway alone.
@Timeout(600)
class OutsideIT {

  private static final String TOKEN = "a-token-of-this-test";
  private static final String FILTER = "profanity-filter";

  @TempDir private Path folder;

  /// What the cluster's application has as a class.
  @Microservice(value = "profanity-filter", timeout = "10s")
  public interface Filter {
    String clean(String text);
  }

  /// The service that is worked on.
  @Microservice("greeting")
  public static class Greeting {
    private final Filter filter;

    Greeting(Filter filter) {
      this.filter = filter;
    }

    /// Calls into the cluster.
    public String to(String whom) {
      return "Hello " + filter.clean(whom);
    }
  }

  @SpringBootConfiguration(proxyBeanMethods = false)
  @EnableAutoConfiguration
  static class Laptop {

    @Bean
    Greeting greeting(Filter filter) {
      return new Greeting(filter);
    }
  }

  private static ConfigurableApplicationContext laptop(Map<String, String> properties) {
    return new SpringApplicationBuilder(Laptop.class)
        .web(WebApplicationType.NONE)
        .run(
            Stream.concat(
                    Stream.of(
                        "--spring.application.name=laptop",
                        "--myelin.mode=kubernetes",
                        "--myelin.hosts=greeting"),
                    properties.entrySet().stream()
                        .map(each -> "--%s=%s".formatted(each.getKey(), each.getValue())))
                .toArray(String[]::new));
  }

  private LocalClusterProcess cluster() throws IOException {
    return new Setup(SampleJars.guestbook(), folder.resolve("cluster"))
        .withArgument("myelin.core.gateway.tunnel.enabled", true)
        .withArgument("myelin.core.gateway.tunnel.tokens", TOKEN)
        .start();
  }

  @Test
  void serviceInTheIdeCallsThoseOfTheClusterAndIsNotListedThere() throws Exception {
    try (var cluster = cluster()) {
      cluster.awaitSettled(1, FILTER);

      try (var laptop = laptop(way(cluster, TOKEN))) {
        var greeting = laptop.getBean(Greeting.class);
        assertThat(greeting.to("heck")).isEqualTo("Hello ****");
        assertThat(AopUtils.isAopProxy(greeting)).as("called directly").isFalse();

        var view = cluster.view().orElseThrow();
        assertThat(view.services()).doesNotContainKey("greeting");
        assertThat(LocalClusterProcess.serving(view, "front")).hasSize(1);
      }
    }
  }

  @Test
  void callWhenTheTokenIsWrongSaysSo() throws Exception {
    try (var cluster = cluster()) {
      cluster.awaitSettled(1, FILTER);

      try (var laptop = laptop(way(cluster, "a-token-of-another-test"))) {
        assertThatThrownBy(() -> laptop.getBean(Greeting.class).to("x"))
            .isInstanceOfSatisfying(
                CallException.class,
                failure -> assertThat(failure.execution()).isEqualTo(Execution.DID_NOT_RUN));
      }
    }
  }

  private static Map<String, String> way(LocalClusterProcess cluster, String token) {
    return Map.of(
        "myelin.core.url", "http://127.0.0.1:" + cluster.port(), "myelin.core.token", token);
  }
}
