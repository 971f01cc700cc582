package dev.myelin.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ScanPositionTests {

  @ParameterizedTest
  @ValueSource(strings = {"", "a", "ä/𝄞 '\"", "~~~???>>>"})
  void textWhenParsedIsThePositionAgain(String id) {
    var position = new ScanPosition(41, id);

    assertThat(ScanPosition.parse(position.toString(), 42)).isEqualTo(position);
    assertThat(position.toString()).matches("[0-9A-Za-z._-]*");
  }

  @Test
  void textWhenMissingIsTheBeginning() {
    assertThat(ScanPosition.parse(null, 42)).isEqualTo(ScanPosition.START);
  }

  @Test
  void longestIdIsTakenBack() {
    var position = new ScanPosition(0, "\uffff".repeat(255));

    assertThat(ScanPosition.parse(position.toString(), 42)).isEqualTo(position);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        ".",
        "0",
        "x.YQ",
        "0.YR",
        "0.Y",
        "-1.YQ",
        "00.YQ",
        "9999999.YQ",
        "0.gIA",
        "42.YQ"
      })
  void textWhenNoPositionIsRefused(String text) {
    assertThatIllegalArgumentException().isThrownBy(() -> ScanPosition.parse(text, 42));
  }
}
