package dev.myelin.samples.shapes;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.core.io.ClassPathResource;
import org.springframework.test.web.servlet.client.RestTestClient;

/// The application in one process, as `java -jar` runs it.
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT)
class ShapesApplicationTests {

  @LocalServerPort private int port;
  @Autowired private Scenarios scenarios;

  private RestTestClient http = RestTestClient.bindToServer().build();

  @BeforeEach
  void bind() {
    http = RestTestClient.bindToServer().baseUrl("http://127.0.0.1:" + port).build();
  }

  @Test
  void everyScenarioHasItsExpectedOutcome() {
    var outcomes = new LinkedHashMap<String, String>();
    scenarios.run().forEach((name, outcome) -> outcomes.put(name, outcome.toString()));

    assertThat(outcomes).containsExactlyEntriesOf(expected());
  }

  /// One line each: name, two spaces, outcome.
  private static Map<String, String> expected() {
    try {
      var text = new ClassPathResource("outcomes.txt").getContentAsString(StandardCharsets.UTF_8);
      var expected = new LinkedHashMap<String, String>();
      text.lines()
          .map(line -> line.split("  ", 2))
          .forEach(parts -> expected.put(parts[0], parts[1].translateEscapes()));
      return expected;
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  @Test
  void jsonIsTheSameEachTime() {
    var first = json("/shapes");

    assertThat(json("/shapes")).isEqualTo(first);
    assertThat(first)
        .startsWith("{\"chain.end-called-directly\":")
        .contains("\"container.list\":{\"value\":\"[\\\"a\\\", \\\"b\\\", \\\"c\\\"]\"}")
        .contains("\"type\":\"dev.myelin.samples.shapes.failure.InsufficientFunds\"")
        .contains("\"missing\":\"BigDecimal(150.00)\"")
        .contains("\"thrownAt\":\"Accounts.insufficient\"")
        .contains("\"callerInStack\":true");
  }

  @Test
  void oneScenarioIsFoundByName() {
    assertThat(json("/shapes/container.list"))
        .isEqualTo("{\"value\":\"[\\\"a\\\", \\\"b\\\", \\\"c\\\"]\"}");
    http.get().uri("/shapes/no.such").exchange().expectStatus().isNotFound();
  }

  private String json(String path) {
    var body =
        http.get()
            .uri(path)
            .exchange()
            .expectStatus()
            .isOk()
            .returnResult(String.class)
            .getResponseBody();
    return Objects.requireNonNull(body);
  }
}
