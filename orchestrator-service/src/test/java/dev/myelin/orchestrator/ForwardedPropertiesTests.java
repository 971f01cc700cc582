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
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

final class ForwardedPropertiesTests {

  private static JsonNode forwarded(
      StandardEnvironment environment, Map<String, String> inherited, String... arguments) {
    var variables =
        ForwardedProperties.of(
            environment,
            new LaunchProperties(
                null,
                List.of(arguments),
                List.of("myelin.services", "myelin.orphan-timeout", "myelin.ssl"),
                List.of(),
                true,
                Duration.ofSeconds(90)),
            inherited);
    return JsonMapper.shared()
        .readTree(variables.values().getOrDefault("SPRING_APPLICATION_JSON", "null"));
  }

  private static JsonNode json(String text) {
    return JsonMapper.shared().readTree(text);
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

    assertThat(forwarded(environment, Map.of(), "--spring.profiles.active=x", "file"))
        .isEqualTo(
            json(
                """
                {"myelin.services.price-list.max-instances": "3", "myelin.orphan-timeout": "5s"}
                """));
  }

  @Test
  void bundleThatSecuresCallsIsPassedOnAndOthersNot() {
    var environment =
        environment(
            "--myelin.ssl.bundle=my-Calls",
            "--spring.ssl.bundle.pem.my-Calls.keystore.private-key-password=a\"b",
            "--spring.ssl.bundle.jks[my-Calls].truststore.password=c",
            "--spring.ssl.bundle.pem.web.keystore.private-key-password=d",
            "--spring.ssl.bundle.watch.file.quiet-period=1s");

    assertThat(forwarded(environment, Map.of()))
        .isEqualTo(
            json(
                """
                {"myelin.ssl.bundle": "my-Calls",
                 "spring.ssl.bundle.pem.my-Calls.keystore.private-key-password": "a\\"b",
                 "spring.ssl.bundle.jks[my-Calls].truststore.password": "c",
                 "spring.ssl.bundle.watch.file.quiet-period": "1s"}
                """));
  }

  @Test
  void whatIsGivenExplicitlyWins() {
    var environment = environment("--myelin.orphan-timeout=5s");

    assertThat(forwarded(environment, Map.of(), "--myelin.orphanTimeout=9s").isNull()).isTrue();
  }

  @Test
  void firstSourceWinsAndPlaceholdersAreResolved() {
    var environment = environment("--myelin.orphan-timeout=${grace}", "--grace=7s");
    environment
        .getPropertySources()
        .addLast(new MapPropertySource("defaults", Map.of("myelin.orphan-timeout", "1s")));

    assertThat(forwarded(environment, Map.of()))
        .isEqualTo(json("{\"myelin.orphan-timeout\": \"7s\"}"));
  }

  @Test
  void variablesOfTheEnvironmentAreInheritedInstead() {
    var environment = new StandardEnvironment();
    environment
        .getPropertySources()
        .addFirst(
            new SystemEnvironmentPropertySource("variables", Map.of("MYELIN_ORPHANTIMEOUT", "1s")));

    assertThat(forwarded(environment, Map.of()).isNull()).isTrue();
  }

  @Test
  void jsonOfTheEnvironmentIsKeptBelowWhatIsForwarded() {
    var environment = environment("--myelin.orphan-timeout=5s");
    var inherited = "{\"shop\": {\"name\": \"x\"}, \"myelin\": {\"orphan-timeout\": \"1s\"}}";

    var all = forwarded(environment, Map.of("SPRING_APPLICATION_JSON", inherited));

    assertThat(all.propertyNames()).containsExactly("shop", "myelin", "myelin.orphan-timeout");
    assertThat(all.get("shop")).isEqualTo(json("{\"name\": \"x\"}"));
    assertThat(all.get("myelin.orphan-timeout").asString()).isEqualTo("5s");
  }
}
