package dev.myelin.client.pick;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// Takes the instances in turn, from a random one on: many callers that start together do not all
/// begin with the same.
final class RoundRobinPicker implements Picker {

  private final AtomicInteger next;

  RoundRobinPicker(RandomGenerator random) {
    this.next = new AtomicInteger(random.nextInt());
  }

  @Override
  public @Nullable Candidate pick(Candidates candidates, Choice choice) {
    int size = candidates.size();
    if (size == 0) {
      return null;
    }
    int start = Math.floorMod(next.getAndIncrement(), size);
    return firstTaken(candidates, choice, start);
  }

  /// The first one that the choice takes from an index on, around the end; the one at the index if
  /// it takes none.
  static Candidate firstTaken(Candidates candidates, Choice choice, int start) {
    int size = candidates.size();
    for (int i = 0, at = start; i < size; i++, at = at + 1 == size ? 0 : at + 1) {
      var candidate = candidates.at(at);
      if (choice.takes(candidate)) {
        return candidate;
      }
    }
    return candidates.at(start);
  }
}
