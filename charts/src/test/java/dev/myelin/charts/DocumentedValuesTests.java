package dev.myelin.charts;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// The page on Kubernetes lists every value there is, with its default, and no other.
final class DocumentedValuesTests {

  private static final Path PAGE = Path.of("../docs/kubernetes.md");
  private static final Pattern ROW = Pattern.compile("\\| `([^`]+)` \\| (?:`([^`]*)`)? ?\\|.*");

  static List<Chart> charts() {
    return Chart.all();
  }

  @ParameterizedTest
  @MethodSource("charts")
  void thePageListsEveryValueAndItsDefault(Chart chart) throws IOException {
    var values = Yaml.object(Files.readString(chart.folder().resolve("values.yaml")));
    var expected = new ArrayList<String>();
    leaves("", values, expected);

    assertThat(rows("<!-- values: charts/" + chart + "/values.yaml -->"))
        .containsExactlyElementsOf(expected);
  }

  @Test
  void chartsAndBuildHaveOneVersion() throws IOException {
    var pom = Files.readString(Path.of("pom.xml"));
    for (var chart : Chart.all()) {
      var about = Yaml.object(Files.readString(chart.folder().resolve("Chart.yaml")));

      assertThat(pom).contains("<version>%s</version>".formatted(about.get("appVersion")));
    }
  }

  private static List<String> rows(String mark) throws IOException {
    return Files.readAllLines(PAGE).stream()
        .dropWhile(line -> !line.equals(mark))
        .skip(1)
        .dropWhile(line -> !line.startsWith("|"))
        .takeWhile(line -> line.startsWith("|"))
        .map(ROW::matcher)
        .filter(row -> row.matches())
        .map(row -> row.group(1) + " = " + (row.group(2) == null ? "" : row.group(2)))
        .toList();
  }

  private static void leaves(String path, Object node, List<String> found) {
    if (node instanceof Map<?, ?> map && !map.isEmpty()) {
      map.forEach(
          (key, value) -> leaves(path.isEmpty() ? "" + key : path + "." + key, value, found));
    } else {
      found.add(path + " = " + text(node));
    }
  }

  private static String text(Object value) {
    return switch (value) {
      case Map<?, ?> _ -> "";
      case Collection<?> list ->
          list.stream().map(String::valueOf).collect(Collectors.joining(", "));
      default -> String.valueOf(value);
    };
  }
}
