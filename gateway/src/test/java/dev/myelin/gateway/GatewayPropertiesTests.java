package dev.myelin.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.myelin.gateway.tunnel.TunnelProperties;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.util.unit.DataSize;
import tools.jackson.databind.json.JsonMapper;

class GatewayPropertiesTests {

  private static GatewayProperties bind(Map<String, String> values) {
    return new Binder(new MapConfigurationPropertySource(values))
        .bindOrCreate("myelin.core.gateway", GatewayProperties.class);
  }

  @Test
  void propertiesWhenUnsetHaveDefaults() {
    assertThat(bind(Map.of()))
        .isEqualTo(
            new GatewayProperties(
                DataSize.ofMegabytes(8),
                Duration.ofSeconds(10),
                DataSize.ofGigabytes(1),
                Duration.ofSeconds(2),
                null));
  }

  @ParameterizedTest
  @CsvSource({
    "max-body, 1B",
    "max-body, 1GB",
    "start-timeout, 0s",
    "max-jar, 1B",
    "start-timeout, 1ns",
    "connect-timeout, 1ns",
    "connect-timeout, 50ms",
    "max-requests, 1"
  })
  void propertyWhenAtItsLimitIsTaken(String name, String value) {
    assertThat(bind(Map.of("myelin.core.gateway." + name, value))).isNotNull();
  }

  @ParameterizedTest
  @CsvSource({
    "max-body, 0B",
    "max-body, -1B",
    "max-body, 1025MB",
    "start-timeout, -1ns",
    "max-jar, 0B",
    "connect-timeout, 0s",
    "connect-timeout, -5s",
    "max-requests, 0"
  })
  void propertyWhenBeyondItsLimitIsRefusedByName(String name, String value) {
    assertThatExceptionOfType(BindException.class)
        .isThrownBy(() -> bind(Map.of("myelin.core.gateway." + name, value)))
        .withStackTraceContaining("'myelin.core.gateway." + name + "' is ");
  }

  @Test
  void propertyWhateverItIsHasADescription() throws Exception {
    var metadata = "/META-INF/spring-configuration-metadata.json";
    try (InputStream json =
        Objects.requireNonNull(GatewayProperties.class.getResourceAsStream(metadata))) {
      var properties =
          new JsonMapper()
              .readTree(new String(json.readAllBytes(), StandardCharsets.UTF_8))
              .get("properties");

      assertThat(properties)
          .hasSize(
              GatewayProperties.class.getRecordComponents().length
                  + TunnelProperties.class.getRecordComponents().length
                  + 1) // and the door
          .allSatisfy(each -> assertThat(each.path("description").asString("")).isNotBlank());
      assertThat(Arrays.stream(GatewayProperties.class.getRecordComponents())).isNotEmpty();
    }
  }
}
