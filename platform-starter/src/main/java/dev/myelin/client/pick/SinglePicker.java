package dev.myelin.client.pick;

import dev.myelin.wire.InstanceId;
import org.jspecify.annotations.Nullable;

/// Stays with one instance until it no longer serves or fails a call.
final class SinglePicker implements Picker {

  private final Picker first;
  private volatile @Nullable Kept kept;

  // an instance is looked for once in each list of candidates, not at each pick
  private record Kept(Candidates from, Candidate candidate) {}

  SinglePicker(Picker first) {
    this.first = first;
  }

  @Override
  @SuppressWarnings("ReferenceEquality") // the identical object until the candidates change
  public @Nullable Candidate pick(Candidates candidates, Choice choice) {
    var last = kept;
    if (last != null) {
      var candidate =
          last.from() == candidates ? last.candidate() : find(candidates, last.candidate().id());
      if (candidate != null && choice.takes(candidate)) {
        return keep(last, candidates, candidate);
      }
    }
    // two threads may both choose anew; the later one's choice is kept
    var chosen = first.pick(candidates, choice);
    kept = chosen == null ? null : new Kept(candidates, chosen);
    return chosen;
  }

  @SuppressWarnings("ReferenceEquality")
  private Candidate keep(Kept last, Candidates candidates, Candidate candidate) {
    if (last.from() != candidates) {
      kept = new Kept(candidates, candidate);
    }
    return candidate;
  }

  private static @Nullable Candidate find(Candidates candidates, InstanceId id) {
    for (int i = 0; i < candidates.size(); i++) {
      if (candidates.at(i).id().equals(id)) {
        return candidates.at(i);
      }
    }
    return null;
  }
}
