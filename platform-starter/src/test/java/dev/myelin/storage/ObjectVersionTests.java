package dev.myelin.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ObjectVersionTests {

  @ParameterizedTest
  @CsvSource({"1,1", "36,7", "9223372036854775807,9223372036854775807"})
  void textWhenParsedIsTheVersionAgain(long life, long number) {
    var version = new ObjectVersion(life, number);

    assertThat(ObjectVersion.parse(version.toString())).isEqualTo(version);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "-",
        "1",
        "1-",
        "-1",
        "1-1-1",
        "A-1",
        "1-a",
        "0-1",
        "1-0",
        " 1-1",
        "1-1 ",
        "zzzzzzzzzzzzz-1",
        "1-9999999999999999999",
        "1-99999999999999999999"
      })
  void textWhenNoVersionIsRefused(String text) {
    assertThatIllegalArgumentException().isThrownBy(() -> ObjectVersion.parse(text));
  }

  @ParameterizedTest
  @CsvSource({"0,1", "1,0", "-1,1", "1,-1"})
  void partWhenNotGreaterThanZeroIsRefused(long life, long number) {
    assertThatIllegalArgumentException().isThrownBy(() -> new ObjectVersion(life, number));
  }

  @Test
  void afterHoldsWithinOneLifeOnly() {
    var first = new ObjectVersion(7, 1);

    assertThat(first.next().after(first)).isTrue();
    assertThat(first.after(first)).isFalse();
    assertThat(first.after(first.next())).isFalse();
    assertThat(new ObjectVersion(8, 2).after(first)).isFalse();
  }

  @Test
  void firstVersionsAreOfDifferentLives() {
    var random = RandomGenerator.getDefault();

    assertThat(ObjectVersion.first(random).life()).isNotEqualTo(ObjectVersion.first(random).life());
    assertThat(ObjectVersion.first(random).number()).isEqualTo(1);
  }
}
