package dev.myelin.autoconfigure;

import dev.myelin.Hosting;
import dev.myelin.Mode;
import dev.myelin.wire.Role;
import java.util.HashMap;
import java.util.Map;
import org.springframework.boot.EnvironmentPostProcessor;
import org.springframework.boot.SpringApplication;
import org.springframework.core.Ordered;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;
import org.springframework.util.ClassUtils;

/// Sets what a process of a cluster needs otherwise than an application by itself.
///
/// Below everything that the user sets: a process stays up without a web server too, and where many
/// share a host, the front and the instances take any free HTTP port. A pod takes calls from other
/// pods on a port that is always the same, and is ready when the cluster knows it. A process
/// outside its cluster has more time to connect. Where Prometheus's registry is on the class path,
/// its endpoint is exposed. For `--myelin.describe`: nothing but the description goes to standard
/// output.
final class ClusterEnvironmentPostProcessor implements EnvironmentPostProcessor, Ordered {

  private static final String NAME = "myelin";
  private static final String PROMETHEUS =
      "io.micrometer.prometheusmetrics.PrometheusMeterRegistry";

  private static final Map<String, String> POD =
      Map.of(
          "myelin.bind-address", "0.0.0.0",
          "myelin.port", "7070",
          "management.endpoint.health.probes.enabled", "true",
          "management.endpoint.health.group.readiness.include", "readinessState,myelin");

  private final Runnable quietOutput;

  ClusterEnvironmentPostProcessor() {
    this(() -> System.setOut(System.err));
  }

  /// Creates one.
  ///
  /// @param quietOutput leads standard output elsewhere
  ClusterEnvironmentPostProcessor(Runnable quietOutput) {
    this.quietOutput = quietOutput;
  }

  // after the one that reads the configuration files
  @Override
  public int getOrder() {
    return LOWEST_PRECEDENCE;
  }

  @Override
  public void postProcessEnvironment(
      ConfigurableEnvironment environment, SpringApplication application) {
    var option = DescribeOption.of(environment);
    if (option.isPresent()) {
      environment
          .getPropertySources()
          .addFirst(new MapPropertySource(NAME, Map.of("spring.main.banner-mode", "off")));
      if (option.get().file().isEmpty()) {
        quietOutput.run();
      }
    }
    var defaults = defaults(Hosting.of(environment));
    if (!defaults.isEmpty()
        && environment.getProperty("myelin.observation.prometheus", Boolean.class, true)
        && ClassUtils.isPresent(PROMETHEUS, null)) {
      defaults.put("management.endpoints.web.exposure.include", "health,prometheus");
    }
    if (!defaults.isEmpty()) {
      environment.getPropertySources().addLast(new MapPropertySource(NAME + "Defaults", defaults));
    }
  }

  private static Map<String, Object> defaults(Hosting hosting) {
    var defaults = new HashMap<String, Object>();
    ProcessRole.of(hosting)
        .ifPresent(role -> {
          defaults.put("spring.main.keep-alive", "true");
          if (sharesHost(hosting) && role != Role.CORE) {
            defaults.put("server.port", "0");
          }
          if (hosting.outside()) {
            // through the Internet, a gateway and whatever stands before it
            defaults.put("myelin.client.connect-timeout", "10s");
          } else if (hosting.mode() == Mode.KUBERNETES) {
            defaults.putAll(POD);
          }
        });
    return defaults;
  }

  private static boolean sharesHost(Hosting hosting) {
    return switch (hosting.mode()) {
      case PROCESS -> true;
      case IN_PROCESS, DOCKER, KUBERNETES -> false;
    };
  }
}
