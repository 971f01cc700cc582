package dev.myelin.client.pick;

import org.jspecify.annotations.Nullable;

/// Gives each key to the instance that weighs most for it.
///
/// Rendezvous hashing (Thaler, Ravishankar, 1998): every caller comes to the same answer without
/// talking to another; when an instance leaves, its keys alone move, and when one joins, it takes
/// its share and nothing else moves.
final class StickyPicker implements Picker {

  private final Picker keyless;

  StickyPicker(Picker keyless) {
    this.keyless = keyless;
  }

  @Override
  public @Nullable Candidate pick(Candidates candidates, Choice choice) {
    long key = choice.key();
    if (key == Choice.NO_KEY) {
      return keyless.pick(candidates, choice);
    }
    var taken = heaviest(candidates, choice, key);
    return taken == null ? heaviest(candidates, Choice.ANY, key) : taken;
  }

  @SuppressWarnings("ReferenceEquality") // Choice.ANY asks for nothing, not even a connection
  private static @Nullable Candidate heaviest(Candidates candidates, Choice choice, long key) {
    Candidate best = null;
    long most = 0;
    for (int i = 0; i < candidates.size(); i++) {
      var candidate = candidates.at(i);
      long weight = StickyHash.weight(key, candidate.hash());
      boolean heavier = best == null || weight > most;
      if (heavier && (choice == Choice.ANY || choice.takes(candidate))) {
        best = candidate;
        most = weight;
      }
    }
    return best;
  }
}
