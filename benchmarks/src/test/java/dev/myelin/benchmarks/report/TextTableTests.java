package dev.myelin.benchmarks.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.api.Test;

final class TextTableTests {

  @Test
  void tableAlignsTheFirstColumnToTheLeftAndOthersToTheRight() {
    var table = new TextTable(List.of("row", "calls"));
    table.add(List.of("a longer one", "7"));
    table.add(List.of("b", "1,234,567"));

    assertThat(table)
        .hasToString(
            """
            | row          |     calls |
            |--------------|----------:|
            | a longer one |         7 |
            | b            | 1,234,567 |
            """);
  }

  @Test
  void addWhenALineHasAnotherNumberOfCellsIsRefused() {
    var table = new TextTable(List.of("row", "calls"));

    assertThatIllegalArgumentException().isThrownBy(() -> table.add(List.of("alone")));
  }
}
