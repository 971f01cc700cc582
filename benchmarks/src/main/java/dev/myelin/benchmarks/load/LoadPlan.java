package dev.myelin.benchmarks.load;

import java.time.Duration;
import java.util.List;

/// What a client process is to measure.
///
/// @param warmUp how long [#WARM_UP_CALLERS] callers run before anything counts
/// @param phase how long each number of callers runs
/// @param callers the numbers of callers, in turn; copied
/// @param seed what the baskets are made of
public record LoadPlan(Duration warmUp, Duration phase, List<Integer> callers, long seed) {
  /// How many callers warm a pair of processes up.
  public static final int WARM_UP_CALLERS = 32;

  public LoadPlan {
    callers = List.copyOf(callers);
    if (callers.isEmpty() || callers.stream().anyMatch(count -> count < 1)) {
      throw new IllegalArgumentException(
          "The numbers of callers are " + callers + ", expected at least one, each above 0.");
    }
    if (!phase.isPositive() || warmUp.isNegative()) {
      throw new IllegalArgumentException(
          "The warm-up is %s and a phase %s, expected 0 or more, and more than 0."
              .formatted(warmUp, phase));
    }
  }
}
