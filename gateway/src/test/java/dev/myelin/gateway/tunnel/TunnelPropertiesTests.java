package dev.myelin.gateway.tunnel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

class TunnelPropertiesTests {

  private static final String PREFIX = "myelin.core.gateway.tunnel.";

  private static TunnelProperties bind(Map<String, String> values) {
    var all = new HashMap<String, String>();
    values.forEach((name, value) -> all.put(PREFIX + name, value));
    return new Binder(new MapConfigurationPropertySource(all))
        .bindOrCreate("myelin.core.gateway.tunnel", TunnelProperties.class);
  }

  @Test
  void tunnelsWhenNothingIsSaidAreOff() {
    assertThat(bind(Map.of()).enabled()).isFalse();
  }

  @Test
  void tunnelsWhenOnNeedAToken() {
    assertThatExceptionOfType(BindException.class)
        .isThrownBy(() -> bind(Map.of("enabled", "true")))
        .withStackTraceContaining("'" + PREFIX + "tokens' is empty");
  }

  @Test
  void tokensWhenGivenAreNotShown() {
    var token = "0123456789abcdef";
    var properties = bind(Map.of("enabled", "true", "tokens", token));

    assertThat(properties.tokens()).containsExactly(token);
    assertThat(properties.toString()).doesNotContain(token);
  }

  @ParameterizedTest
  @CsvSource({
    "tokens, 0123456789abcdef",
    "max-tunnels, 1",
    "buffer, 1KB",
    "buffer, 1MB",
    "connect-timeout, 1ns",
    "stall-timeout, 50ms",
    "drain-timeout, 0s"
  })
  void propertyWhenAtItsLimitIsTaken(String name, String value) {
    assertThat(bind(Map.of(name, value))).isNotNull();
  }

  @ParameterizedTest
  @CsvSource({
    "tokens, 0123456789abcde",
    "max-tunnels, 0",
    "buffer, 1023B",
    "buffer, 1025KB",
    "connect-timeout, 0s",
    "stall-timeout, 0s",
    "drain-timeout, -1ns"
  })
  void propertyWhenBeyondItsLimitIsRefusedByName(String name, String value) {
    assertThatExceptionOfType(BindException.class)
        .isThrownBy(() -> bind(Map.of(name, value)))
        .withStackTraceContaining("'" + PREFIX + name + "'");
  }

  @Test
  void tokenWhenOneOfThoseIsAdmitted() {
    var tokens = new TunnelTokens(List.of("0123456789abcdef", "fedcba9876543210"), () -> 0);

    assertThat(tokens.admit(" fedcba9876543210", "here")).isTrue();
    assertThat(tokens.admit("0123456789abcdeF", "here")).isFalse();
    assertThat(tokens.admit("", "here")).isFalse();
    assertThat(tokens.admit(null, "here")).isFalse();
  }
}
