package dev.myelin.benchmarks.report;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// Text in columns: the first aligned to the left, the others to the right.
///
/// Written as a Markdown table, so that it reads well in a terminal and can be pasted into a page.
final class TextTable {
  private final List<List<String>> lines = new ArrayList<>();

  TextTable(List<String> header) {
    lines.add(List.copyOf(header));
  }

  /// Adds a line.
  ///
  /// @throws IllegalArgumentException if it has not as many cells as the header
  void add(List<String> cells) {
    if (cells.size() != lines.getFirst().size()) {
      throw new IllegalArgumentException(
          "The line has %d cells, expected %d.".formatted(cells.size(), lines.getFirst().size()));
    }
    lines.add(List.copyOf(cells));
  }

  @Override
  public String toString() {
    var widths =
        IntStream.range(0, lines.getFirst().size())
            .map(column ->
                lines.stream().mapToInt(cells -> cells.get(column).length()).max().orElse(0))
            .toArray();
    var text = new StringBuilder();
    for (var line = 0; line < lines.size(); line++) {
      text.append(format(lines.get(line), widths));
      if (line == 0) {
        text.append(rule(widths));
      }
    }
    return text.toString();
  }

  private static String format(List<String> cells, int[] widths) {
    return IntStream.range(0, widths.length)
        .mapToObj(column -> pad(cells.get(column), widths[column], column == 0))
        .collect(Collectors.joining(" | ", "| ", " |\n"));
  }

  private static String pad(String cell, int width, boolean left) {
    var blanks = " ".repeat(width - cell.length());
    return left ? cell + blanks : blanks + cell;
  }

  private static String rule(int[] widths) {
    return IntStream.range(0, widths.length)
        .mapToObj(column -> "-".repeat(widths[column] + 1) + (column == 0 ? "-" : ":"))
        .collect(Collectors.joining("|", "|", "|\n"));
  }
}
