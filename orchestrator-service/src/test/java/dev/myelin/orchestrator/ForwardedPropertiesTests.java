package dev.myelin.orchestrator;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.SimpleCommandLinePropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;

final class ForwardedArgumentsTests {

  private static List<String> arguments(StandardEnvironment environment, String... given) {
    return ForwardedArguments.of(
        environment,
        new LaunchProperties(
            null,
            List.of(given),
            List.of("myelin.services", "myelin.orphan-timeout"),
            List.of(),
            true,
            Duration.ofSeconds(90)));
  }

  private static StandardEnvironment environment(String... commandLine) {
    var environment = new StandardEnvironment();
    environment.getPropertySources().addFirst(new SimpleCommandLinePropertySource(commandLine));
    return environment;
  }

  @Test
  void propertiesOfTheApplicationArePassedOnAndOthersNot() {
    var environment =
        environment(
            "--myelin.services.price-list.max-instances=3",
            "--myelin.orphan-timeout=5s",
            "--myelin.core.echo=false",
            "--myelin.servicesque=1",
            "--server.port=8080");

    assertThat(arguments(environment, "--spring.profiles.active=x", "file"))
        .startsWith("--spring.profiles.active=x", "file")
        .hasSize(4)
        .contains("--myelin.services.price-list.max-instances=3", "--myelin.orphan-timeout=5s");
  }

  @Test
  void whatIsGivenExplicitlyWins() {
    var environment = environment("--myelin.orphan-timeout=5s");

    assertThat(arguments(environment, "--myelin.orphanTimeout=9s"))
        .containsExactly("--myelin.orphanTimeout=9s");
  }

  @Test
  void firstSourceWinsAndPlaceholdersAreResolved() {
    var environment = environment("--myelin.orphan-timeout=${grace}", "--grace=7s");
    environment
        .getPropertySources()
        .addLast(new MapPropertySource("defaults", Map.of("myelin.orphan-timeout", "1s")));

    assertThat(arguments(environment)).containsExactly("--myelin.orphan-timeout=7s");
  }

  @Test
  void variablesOfTheEnvironmentAreInheritedInstead() {
    var environment = new StandardEnvironment();
    environment
        .getPropertySources()
        .addFirst(
            new SystemEnvironmentPropertySource("variables", Map.of("MYELIN_ORPHANTIMEOUT", "1s")));

    assertThat(arguments(environment)).isEmpty();
  }
}
