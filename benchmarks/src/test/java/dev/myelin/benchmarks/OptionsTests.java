package dev.myelin.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class OptionsTests {
  private static final Set<String> KNOWN = Set.of("pairs", "warmup", "callers", "quick", "seed");

  @Test
  void parseTakesValuesAfterAnEqualsSignOrABlank() {
    var options = parse("--pairs=4", "--warmup", "0.05", "--quick", "--callers", "1, 32");

    assertThat(options.number("pairs", 1)).isEqualTo(4);
    assertThat(options.seconds("warmup", Duration.ZERO)).isEqualTo(Duration.ofMillis(50));
    assertThat(options.has("quick")).isTrue();
    assertThat(options.numbers("callers", "")).containsExactly(1, 32);
    assertThat(options.texts("callers", "")).containsExactly("1", "32");
  }

  @Test
  void valuesWhenAbsentAreTheDefaults() {
    var options = parse();

    assertThat(options.has("quick")).isFalse();
    assertThat(options.number("pairs", 3)).isEqualTo(3);
    assertThat(options.seed("seed", -1)).isEqualTo(-1);
    assertThat(options.numbers("callers", "1,2")).containsExactly(1, 2);
    assertThat(options.seconds("warmup", Duration.ofDays(1))).isEqualTo(Duration.ofDays(1));
  }

  @ParameterizedTest
  @ValueSource(strings = {"--unknown", "--unknown=1", "stray", "-pairs"})
  void parseWhenAnOptionIsUnknownNamesThoseThereAre(String argument) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> parse(argument))
        .withMessageContaining("'" + argument + "'")
        .withMessageContaining("--callers, --pairs");
  }

  @Test
  void valuesOfAnotherKindAreRefusedByName() {
    var options = parse("--pairs=many", "--warmup=soon", "--callers=1,x", "--seed");

    assertThatIllegalArgumentException()
        .isThrownBy(() -> options.number("pairs", 1))
        .withMessage("The option '--pairs' is 'many', expected a whole number.");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> options.seconds("warmup", Duration.ZERO))
        .withMessageContaining("'--warmup' is 'soon'");
    assertThatIllegalArgumentException().isThrownBy(() -> options.numbers("callers", "1"));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> options.seed("seed", 1))
        .withMessageContaining("'--seed' is ''");
  }

  private static Options parse(String... arguments) {
    return Options.parse(List.of(arguments), KNOWN);
  }
}
