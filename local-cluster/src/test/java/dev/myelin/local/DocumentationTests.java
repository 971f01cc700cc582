package dev.myelin.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// What README and docs show is what the build compiles and runs.
///
/// A snippet of code follows a comment that says where it is from: `<!-- snippet: FILE REGION -->`.
/// There, the region lies between `// snippet: REGION` and `// end snippet`; a region in several
/// parts is shown as one.
final class DocumentationTests {

  private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
  private static final Pattern ORIGIN = Pattern.compile("<!-- snippet: (\\S+) (\\S+) -->");
  private static final Pattern LINK = Pattern.compile("]\\((?!https?:|#)([^)#\\s]+)[^)]*\\)");

  /// A block of code in a page.
  ///
  /// @param page where it stands
  /// @param line number of its first line
  /// @param language of the fence, may be empty
  /// @param before the last line that is not blank before the fence
  /// @param text its lines
  record Snippet(Path page, int line, String language, String before, List<String> text) {

    @Override
    public String toString() {
      return ROOT.relativize(page) + ":" + line;
    }
  }

  static List<Path> pages() throws IOException {
    var pages = new ArrayList<Path>(List.of(ROOT.resolve("README.md")));
    try (Stream<Path> docs = Files.walk(ROOT.resolve("docs"))) {
      docs.filter(file -> file.toString().endsWith(".md")).sorted().forEach(pages::add);
    }
    return pages;
  }

  static List<Snippet> code() throws IOException {
    return snippets().stream()
        .filter(snippet -> !List.of("", "sh", "mermaid").contains(snippet.language()))
        .toList();
  }

  static List<Snippet> commands() throws IOException {
    return snippets().stream()
        .filter(snippet -> snippet.text().stream().anyMatch(line -> line.startsWith("./")))
        .toList();
  }

  private static List<Snippet> snippets() throws IOException {
    var found = new ArrayList<Snippet>();
    for (var page : pages()) {
      var lines = Files.readAllLines(page);
      var before = "";
      for (int i = 0; i < lines.size(); i++) {
        if (lines.get(i).startsWith("```")) {
          int end = lines.subList(i + 1, lines.size()).indexOf("```") + i + 1;
          found.add(
              new Snippet(
                  page,
                  i + 1,
                  lines.get(i).substring(3).strip(),
                  before,
                  lines.subList(i + 1, end)));
          i = end;
        } else if (!lines.get(i).isBlank()) {
          before = lines.get(i);
        }
      }
    }
    return found;
  }

  private static List<String> region(Path file, String name) throws IOException {
    var region = new ArrayList<String>();
    boolean inside = false;
    for (var line : Files.readAllLines(file)) {
      if (line.strip().equals("// snippet: " + name)) {
        inside = true;
      } else if (line.strip().equals("// end snippet")) {
        inside = false;
      } else if (inside) {
        region.add(line);
      }
    }
    int indent =
        region.stream()
            .filter(line -> !line.isBlank())
            .mapToInt(line -> line.length() - line.stripLeading().length())
            .min()
            .orElse(0);
    return region.stream().map(line -> line.isBlank() ? "" : line.substring(indent)).toList();
  }

  @ParameterizedTest
  @MethodSource("code")
  void codeShownIsThatOfTheFileItNames(Snippet snippet) throws IOException {
    var origin = ORIGIN.matcher(snippet.before());
    assertThat(origin.matches())
        .as("the snippet is preceded by where it is from, not by: %s", snippet.before())
        .isTrue();

    assertThat(String.join("\n", snippet.text()))
        .isNotBlank()
        .isEqualTo(String.join("\n", region(ROOT.resolve(origin.group(1)), origin.group(2))));
  }

  @ParameterizedTest
  @MethodSource("commands")
  void commandsShownAreThere(Snippet snippet) {
    assertThat(snippet.text())
        .filteredOn(line -> line.startsWith("./"))
        .allSatisfy(
            line -> assertThat(ROOT.resolve(line.split("\\s", 2)[0]).normalize()).isExecutable());
  }

  @ParameterizedTest
  @MethodSource("pages")
  void linksLeadToFiles(Path page) throws IOException {
    var folder = page.resolveSibling("");
    assertThat(LINK.matcher(Files.readString(page)).results().map(link -> link.group(1)))
        .allSatisfy(target -> assertThat(folder.resolve(target)).exists());
  }

  @Test
  void everyPageIsLinkedFromTheReadme() throws IOException {
    var readme = Files.readString(ROOT.resolve("README.md"));

    assertThat(pages().subList(1, pages().size()))
        .allSatisfy(page -> assertThat(readme).contains("(" + ROOT.relativize(page) + ")"));
  }
}
