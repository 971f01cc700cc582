package dev.myelin.samples.shapes;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RenderingTests {

  /// A record of the test's own.
  private record Box(String name, List<Integer> sizes) {}

  @Test
  void scalarsShowTheirType() {
    assertThat(Rendering.of(5)).isEqualTo("5");
    assertThat(Rendering.of(5L)).isEqualTo("Long(5)");
    assertThat(Rendering.of("5")).isEqualTo("\"5\"");
    assertThat(Rendering.of('5')).isEqualTo("Character(5)");
    assertThat(Rendering.of(null)).isEqualTo("null");
    assertThat(Rendering.of("null")).isEqualTo("\"null\"");
  }

  @Test
  void setsAndMapsAreSorted() {
    assertThat(Rendering.of(Set.of("c", "a", "b"))).isEqualTo("{\"a\", \"b\", \"c\"}");
    assertThat(Rendering.of(Map.of("b", 2, "a", 1))).isEqualTo("{\"a\"=1, \"b\"=2}");
  }

  @Test
  void listsAndArraysKeepTheirOrder() {
    assertThat(Rendering.of(Arrays.asList(2, null, 1))).isEqualTo("[2, null, 1]");
    assertThat(Rendering.of(new int[][] {{2, 1}, {}})).isEqualTo("int[][int[2, 1], int[]]");
    assertThat(Rendering.of(Optional.of(List.of(1)))).isEqualTo("Optional[[1]]");
  }

  @Test
  void recordsShowTheirComponents() {
    assertThat(Rendering.of(new Box("b", List.of(1)))).isEqualTo("Box(name=\"b\", sizes=[1])");
  }

  @Test
  void longTextsThatDifferInOneLetterDiffer() {
    var text = "a".repeat(1_000);

    assertThat(Rendering.of(text)).startsWith("String of 1000, crc32 ");
    assertThat(Rendering.of(text)).isNotEqualTo(Rendering.of("b" + text.substring(1)));
  }
}
