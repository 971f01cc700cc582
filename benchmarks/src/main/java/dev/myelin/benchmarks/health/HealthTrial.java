package dev.myelin.benchmarks.health;

import com.google.errorprone.annotations.FormatMethod;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// One goal of health.
///
/// @param name of the goal
/// @param title what is done, in a line
/// @param measurement does it
public record HealthTrial(String name, String title, Measurement measurement) {

  /// Does what a goal asks for.
  @FunctionalInterface
  public interface Measurement {

    /// Does it.
    ///
    /// @param seed of whatever is drawn at random
    /// @param lines takes what came of it
    /// @throws Exception if it could not be done
    void run(long seed, Lines lines) throws Exception;
  }

  /// What came of it. Not thread-safe.
  public static final class Lines {
    private final List<String> lines = new ArrayList<>();

    /// Adds a figure and whether it passes.
    @FormatMethod
    public void goal(boolean pass, String format, Object... arguments) {
      lines.add((pass ? "  pass  " : "  MISS  ") + String.format(Locale.ROOT, format, arguments));
    }

    /// Adds a remark.
    @FormatMethod
    public void note(String format, Object... arguments) {
      lines.add("        " + String.format(Locale.ROOT, format, arguments));
    }

    /// All lines.
    public List<String> all() {
      return List.copyOf(lines);
    }
  }
}
