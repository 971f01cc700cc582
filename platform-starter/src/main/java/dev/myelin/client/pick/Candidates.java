package dev.myelin.client.pick;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// The instances that may be chosen now, in order of their ids. Immutable; the identical object
/// until that changes, so that a picker may keep what it derived from it.
public final class Candidates {

  private final Candidate[] all;
  private final @Nullable Candidate named;

  /// Copies the candidates, none of them named.
  ///
  /// @param all in order of their ids
  public Candidates(List<Candidate> all) {
    this(all, null);
  }

  /// Copies the candidates.
  ///
  /// @param all in order of their ids
  /// @param named the one that the orchestrator has named, if it is among them
  Candidates(List<Candidate> all, @Nullable Candidate named) {
    this.all = all.toArray(Candidate[]::new);
    this.named = named;
  }

  @Nullable Candidate named() {
    return named;
  }

  /// The candidates, in order of their ids.
  public List<Candidate> asList() {
    return List.of(all);
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
