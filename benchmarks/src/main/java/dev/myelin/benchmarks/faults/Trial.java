package dev.myelin.benchmarks.faults;

import java.util.List;

/// One thing that goes wrong.
public interface Trial {

  /// Name of the goal, by which it is chosen.
  String name();

  /// What goes wrong, in a line.
  String title();

  /// Makes it go wrong and says what became of the calls.
  ///
  /// @param seed of whatever is drawn at random
  /// @return the lines of the report
  /// @throws Exception if the trial could not be made
  List<String> run(long seed) throws Exception;
}
