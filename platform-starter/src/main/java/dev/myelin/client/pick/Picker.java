package dev.myelin.client.pick;

import org.jspecify.annotations.Nullable;

/// Endpoints → one, for each attempt. Thread-safe; never blocks, takes no lock.
public interface Picker {

  /// Chooses the instance for the next attempt.
  ///
  /// @param candidates those that may be chosen
  /// @param choice what is known of the call
  /// @return one that the choice takes, if there is one; else any of them; null if there is none at
  ///   all
  @Nullable Candidate pick(Candidates candidates, Choice choice);
}
