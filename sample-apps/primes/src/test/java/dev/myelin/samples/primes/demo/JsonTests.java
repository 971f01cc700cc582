package dev.myelin.samples.primes.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

class JsonTests {

  @Test
  void valuesAreReadAsWritten() {
    var json =
        Json.read(
            """
            { "text": "a \\"b\\" \\\\ \\u00e9\\n", "number": -12, "truth": true, "no": false,
              "nothing": null, "list": [1, [], {}], "empty": {} }
            """);

    assertThat(json.at("text").text()).isEqualTo("a \"b\" \\ é\n");
    assertThat(json.at("number").number()).isEqualTo(-12);
    assertThat(json.at("truth").truth()).isTrue();
    assertThat(json.at("no").truth()).isFalse();
    assertThat(json.at("nothing").text()).isEmpty();
    assertThat(json.at("list").elements()).hasSize(3);
    assertThat(json.at("empty").fields()).isEmpty();
  }

  @Test
  void whatJacksonWritesIsRead() {
    var text = "\u0000\u001f \"\\/ü世🙂";
    var json = JsonMapper.builder().build().writeValueAsString(Map.of("key " + text, text));

    assertThat(Json.read(json).at("key " + text).text()).isEqualTo(text);
  }

  @Test
  void numberWithExponentIsWhole() {
    assertThat(Json.read("1.5e3").number()).isEqualTo(1500);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "", "{", "[1,", "[1,]", "{\"a\"}", "{a: 1}", "\"a", "\"\\x\"", "01", "tru", "1 2", "\"\\u12"
      })
  void whatIsNotJsonIsRefused(String text) {
    assertThatIllegalArgumentException().isThrownBy(() -> Json.read(text));
  }

  @Test
  void missingFieldIsNamed() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Json.read("{\"a\": 1}").at("b"))
        .withMessageStartingWith("No field 'b' in ");
  }

  @Test
  void otherTypeIsRefused() {
    assertThatIllegalArgumentException().isThrownBy(() -> Json.read("\"1\"").number());
    assertThatIllegalArgumentException().isThrownBy(() -> Json.read("1").text());
    assertThatIllegalArgumentException().isThrownBy(() -> Json.read("[]").fields());
  }
}
