package dev.myelin.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OpenFilesTests {

  @ParameterizedTest
  @CsvSource({
    "10000, 1048576, 10000",
    "10000, 1024, 816",
    "10, 1024, 10",
    "10000, 1, 1",
    "10000, -1, 10000",
    "2147483647, 9223372036854775807, 2147483647"
  })
  void connectionsWhenFilesAreFewAreFourFifthsOfThem(int wanted, long files, int expected) {
    assertThat(OpenFiles.connections(wanted, files)).isEqualTo(expected);
  }
}
