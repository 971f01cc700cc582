package dev.myelin.samples.beans;

import dev.myelin.callpath.Sides;
import java.util.concurrent.Callable;

/// One row of a matrix.
///
/// @param what what kind of bean, argument or result
/// @param inProcess what a caller sees in one process
/// @param remote what a caller sees from another process
/// @param scenario finds out
record Row(String what, String inProcess, String remote, Scenario scenario) {

  /// With one outcome in both modes.
  Row(String what, String outcome, Scenario scenario) {
    this(what, outcome, outcome, scenario);
  }

  /// Uses the bean.
  @FunctionalInterface
  interface Scenario {

    /// Says what a caller sees.
    String run(Sides sides) throws Exception;
  }

  @Override
  public String toString() {
    return what;
  }

  /// What became of a call that throws.
  static String thrown(Callable<?> call) {
    try {
      return String.valueOf(call.call());
    } catch (Exception | Error e) {
      return "`%s: %s`".formatted(e.getClass().getSimpleName(), e.getMessage());
    }
  }

  /// What became of a call that throws, without its message, which names addresses and times.
  static String thrownType(Callable<?> call) {
    try {
      return String.valueOf(call.call());
    } catch (Exception | Error e) {
      return "`%s`".formatted(e.getClass().getSimpleName());
    }
  }
}
