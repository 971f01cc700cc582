package dev.myelin.client.pick;

import java.time.Duration;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// Draws two instances and takes the less loaded.
///
/// Two choices at random keep the longest queue exponentially shorter than one does, and unlike the
/// least loaded of all they do not send every caller to the same instance (Mitzenmacher, "The Power
/// of Two Choices in Randomized Load Balancing", 2001). A new instance that wins is taken with a
/// probability that grows over its slow start; an idle one would otherwise get every call at once.
final class LeastLoadedPicker implements Picker {

  private static final int DRAWS = 3;

  private final RandomGenerator random;
  private final Duration slowStart;

  LeastLoadedPicker(RandomGenerator random, Duration slowStart) {
    this.random = random;
    this.slowStart = slowStart;
  }

  @Override
  public @Nullable Candidate pick(Candidates candidates, Choice choice) {
    int size = candidates.size();
    if (size == 0) {
      return null;
    }
    if (size == 1) {
      return candidates.at(0);
    }
    for (int draw = 0; draw < DRAWS; draw++) {
      int one = random.nextInt(size);
      int step = random.nextInt(size - 1) + 1;
      var drawn = better(candidates.at(one), candidates.at((one + step) % size), choice);
      if (drawn != null) {
        return drawn;
      }
    }
    return RoundRobinPicker.firstTaken(candidates, choice, random.nextInt(size));
  }

  private @Nullable Candidate better(Candidate one, Candidate other, Choice choice) {
    boolean oneTaken = choice.takes(one);
    boolean otherTaken = choice.takes(other);
    if (!oneTaken || !otherTaken) {
      return oneTaken ? one : otherTaken ? other : null;
    }
    boolean firstWins = one.load() <= other.load();
    var winner = firstWins ? one : other;
    double weight = winner.weight(slowStart);
    return weight >= 1 || random.nextDouble() < weight ? winner : firstWins ? other : one;
  }
}
