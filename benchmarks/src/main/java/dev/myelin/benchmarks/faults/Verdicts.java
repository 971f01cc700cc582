package dev.myelin.benchmarks.faults;

import com.google.errorprone.annotations.FormatMethod;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// The lines of a trial's report. Not thread-safe.
public final class Verdicts {
  private final List<String> lines = new ArrayList<>();

  @FormatMethod
  public void line(String format, Object... arguments) {
    lines.add("  " + String.format(Locale.ROOT, format, arguments));
  }

  @FormatMethod
  public void goal(boolean met, String format, Object... arguments) {
    lines.add((met ? "  met     " : "  MISSED  ") + String.format(Locale.ROOT, format, arguments));
  }

  public List<String> lines() {
    return List.copyOf(lines);
  }
}
