package dev.myelin.gateway.external;

import static dev.myelin.gateway.Descriptions.operation;
import static dev.myelin.gateway.Descriptions.sticky;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.myelin.gateway.problem.ProblemException;
import dev.myelin.gateway.problem.ProblemType;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ArgumentsReaderTests {

  @Test
  void bodyWhenEmptyIsNoArguments() {
    assertThat(ArgumentsReader.read("")).isEqualTo(new Arguments.Positional(0));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          []                        | 0
          [1]                       | 1
          ' [1, "]", null] '        | 3
          [[1, 2], {"a": [3, {}]}]  | 2
          """)
  void arrayWhenReadCountsItsOwnElementsOnly(String body, int count) {
    assertThat(ArgumentsReader.read(body)).isEqualTo(new Arguments.Positional(count));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "none",
      textBlock =
          """
          ["x", "a\\u00e4", 2]           | aä
          ["x", 17, 2]                   | 17
          ["x", true]                    | true
          [["x", "y"], "b"]              | b
          ["x", null, 2]                 | none
          ["x", {"customer": "c"}]       | none
          ["x", ["c"]]                   | none
          []                             | none
          {"customer": "d", "item": "x"} | d
          {"item": {"customer": "e"}}    | none
          {"item": {"customer": "e"}, "customer": "f"} | f
          """)
  void stickyKeyIsTheTextOfItsArgument(String body, @Nullable String key) {
    var operation = operation("void", "order", "String item", "String customer", "long count");

    assertThat(ArgumentsReader.stickyKey(body, sticky(operation, "customer"))).isEqualTo(key);
    assertThat(ArgumentsReader.stickyKey(body, operation)).isNull();
  }

  @Test
  void objectWhenReadNamesItsOwnMembersOnly() {
    assertThat(ArgumentsReader.read("{\"a\": {\"b\": 1}, \"c\": [{\"d\": 2}], \"e\": null}"))
        .isEqualTo(new Arguments.Named(Set.of("a", "c", "e")));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          [1, 2          | 1 | 6
          {"a": }        | 1 | 7
          [] []          | 1 | 4
          42             | 1 | 1
          "from"         | 1 | 1
          null           | 1 | 1
          {"a":1,"a":2}  | 1 | 11
          nonsense       | 1 | 1
          """)
  void bodyWhenNotOneArrayOrObjectIsRefusedWithItsPosition(String body, int line, int column) {
    assertThatExceptionOfType(ProblemException.class)
        .isThrownBy(() -> ArgumentsReader.read(body))
        .satisfies(e -> {
          assertThat(e.problem().type()).isEqualTo(ProblemType.MALFORMED_JSON);
          assertThat(e.problem().members())
              .containsEntry("line", line)
              .containsEntry("column", column);
        });
  }

  @Test
  void bodyWhenBrokenOnALaterLineIsRefusedWithThatLine() {
    assertThatExceptionOfType(ProblemException.class)
        .isThrownBy(() -> ArgumentsReader.read("{\n  \"a\": 1,\n  b: 2\n}"))
        .satisfies(e -> assertThat(e.problem().members()).containsEntry("line", 3));
  }

  @Test
  void bodyWhenNestedWithoutEndIsRefused() {
    assertThatExceptionOfType(ProblemException.class)
        .isThrownBy(() -> ArgumentsReader.read("[".repeat(100_000)))
        .satisfies(e -> assertThat(e.problem().type()).isEqualTo(ProblemType.MALFORMED_JSON));
  }
}
