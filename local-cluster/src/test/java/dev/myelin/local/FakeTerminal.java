package dev.myelin.local;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/// Understands the few control sequences that a [LiveRegion] writes, and fails on any other.
final class FakeTerminal {

  private static final Pattern TOKEN =
      Pattern.compile(
          "\u001b\\[(?<up>\\d+)A|(?<erase>\u001b\\[J)|\u001b\\[\\?7[lh]|\r|\n|[^\u001b\r\n]+");

  private final ByteArrayOutputStream written = new ByteArrayOutputStream();
  private final PrintStream stream = new PrintStream(written, true, StandardCharsets.UTF_8);

  PrintStream stream() {
    return stream;
  }

  /// What is to be read on it.
  List<String> screen() {
    var lines = new ArrayList<StringBuilder>(List.of(new StringBuilder()));
    int row = 0;
    int column = 0;
    var tokens = TOKEN.matcher(written.toString(StandardCharsets.UTF_8));
    int end = 0;
    while (tokens.find()) {
      if (tokens.start() != end) {
        throw new AssertionError("Unknown control sequence at " + end);
      }
      end = tokens.end();
      var token = tokens.group();
      if (tokens.group("up") != null) {
        row -= Integer.parseInt(tokens.group("up"));
      } else if (tokens.group("erase") != null) {
        lines.subList(row + 1, lines.size()).clear();
        lines.get(row).setLength(column);
      } else if (token.equals("\r")) {
        column = 0;
      } else if (token.equals("\n")) {
        row++;
        column = 0;
        if (row == lines.size()) {
          lines.add(new StringBuilder());
        }
      } else if (!token.startsWith("\u001b")) {
        lines.get(row).setLength(column);
        lines.get(row).append(token);
        column += token.length();
      }
    }
    return lines.stream().map(StringBuilder::toString).filter(line -> !line.isEmpty()).toList();
  }
}
