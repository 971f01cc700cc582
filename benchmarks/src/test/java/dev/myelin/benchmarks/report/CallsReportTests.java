package dev.myelin.benchmarks.report;

import static dev.myelin.benchmarks.report.ReportFixture.report;
import static org.assertj.core.api.Assertions.assertThat;

import dev.myelin.benchmarks.basket.PriceList;
import dev.myelin.benchmarks.variant.Caller;
import dev.myelin.benchmarks.variant.CallerKind;
import dev.myelin.benchmarks.variant.Row;
import dev.myelin.benchmarks.variant.Serving;
import dev.myelin.benchmarks.variant.Variant;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class CallsReportTests {
  private static final Row ECHO = new Row(new NamedVariant("echo"), CallerKind.VIRTUAL);
  private static final Row SUBJECT = new Row(new NamedVariant("myelin"), CallerKind.VIRTUAL);

  private final Results results = new Results();

  private record NamedVariant(String name) implements Variant {

    @Override
    public Set<CallerKind> kinds() {
      return EnumSet.of(CallerKind.VIRTUAL);
    }

    @Override
    public String settings() {
      return "as " + name + " comes";
    }

    @Override
    public Serving serve(PriceList prices) {
      throw new UnsupportedOperationException();
    }

    @Override
    public Caller connect(int port, CallerKind kind) {
      throw new UnsupportedOperationException();
    }
  }

  @Test
  void textHasFiguresSettingsRatiosAndGoals() {
    results.add("echo/virtual", 1, report(100_000, 50));
    results.add("echo/virtual", 2, report(120_000, 60));
    results.add("myelin/virtual", 1, report(90_000, 55));
    results.add("myelin/virtual", 2, report(60_000, 65));

    assertThat(text(List.of(ECHO, SUBJECT)))
        .containsIgnoringWhitespaces(
            "| echo/virtual | 110,000 (100,000) | 1.00 | 55 (60) | 165 (180) | 200.5 | 40.3 |")
        .containsIgnoringWhitespaces(
            "| myelin/virtual | 75,000 (60,000) | 0.70 | 60 (65) | 180 (195) | 200.5 | 40.3 |")
        .contains("echo: as echo comes.")
        .containsIgnoringWhitespaces("| myelin/virtual against | at 32 |")
        .containsIgnoringWhitespaces("| echo/virtual | 0.70 (0.50) |")
        .contains("MISSED  P1 at 32 callers")
        .contains("Replies compared with the right one: 12,440")
        .doesNotContain("Not measured");
  }

  @Test
  void textWhenARowFailedSaysWhyAndKeepsTheOthers() {
    results.add("echo/virtual", 1, report(100_000, 50));
    results.addFailure("myelin/virtual", 1, "it would not start");

    assertThat(text(List.of(ECHO, SUBJECT)))
        .containsIgnoringWhitespaces("| myelin/virtual | - | - | - | - | - | - |")
        .contains("Not measured:\n  myelin/virtual, round 1: it would not start");
  }

  @Test
  void textWithoutTheSubjectSaysThatNoGoalWasJudged() {
    results.add("echo/virtual", 1, report(100_000, 50));

    assertThat(text(List.of(ECHO)))
        .contains("Goals: not judged, no variant 'myelin' was in this run.")
        .doesNotContain("against");
  }

  private String text(List<Row> rows) {
    return new CallsReport(results, rows, List.of(32), "myelin").text();
  }
}
