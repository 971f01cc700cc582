package dev.myelin.client.pick;

import java.util.List;

/// The instances that may be chosen now, in order of their ids. Immutable; the identical object
/// until that changes, so that a picker may keep what it derived from it.
public final class Candidates {

  private final Candidate[] all;

  /// Copies the candidates.
  ///
  /// @param all in order of their ids
  public Candidates(List<Candidate> all) {
    this.all = all.toArray(Candidate[]::new);
  }

  int size() {
    return all.length;
  }

  Candidate at(int index) {
    return all[index];
  }

  /// Whether an instance other than one answered the last time it was asked.
  ///
  /// @param one the instance to leave out
  @SuppressWarnings("ReferenceEquality") // a candidate is one object as long as it is known
  public boolean otherInGoodStanding(Candidate one) {
    for (var candidate : all) {
      if (candidate != one && candidate.inGoodStanding()) {
        return true;
      }
    }
    return false;
  }
}
