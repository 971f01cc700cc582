package dev.myelin.client.pick;

import dev.myelin.wire.InstanceId;
import org.jspecify.annotations.Nullable;

/// Stays with one instance until it no longer serves or fails a call.
final class SinglePicker implements Picker {

  private final Picker first;
  private volatile @Nullable InstanceId kept;

  SinglePicker(Picker first) {
    this.first = first;
  }

  @Override
  public @Nullable Candidate pick(Candidates candidates, Choice choice) {
    var id = kept;
    if (id != null) {
      for (int i = 0; i < candidates.size(); i++) {
        var candidate = candidates.at(i);
        if (candidate.id().equals(id) && choice.takes(candidate)) {
          return candidate;
        }
      }
    }
    // two threads may both choose anew; the later one's choice is kept
    var chosen = first.pick(candidates, choice);
    kept = chosen == null ? null : chosen.id();
    return chosen;
  }
}
