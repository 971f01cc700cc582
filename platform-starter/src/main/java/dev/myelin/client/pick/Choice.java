package dev.myelin.client.pick;

/// What a picker has to know of the call for which it chooses. Used by one thread at a time.
public interface Choice {

  /// A call about which nothing is known: every instance is as good, nothing was tried.
  Choice ANY =
      new Choice() {
        @Override
        public boolean tried(Candidate candidate) {
          return false;
        }

        @Override
        public long key() {
          return NO_KEY;
        }
      };

  /// The [#key()] of a call that has none.
  long NO_KEY = 0;

  /// Whether an attempt of this call has failed there already.
  ///
  /// @param candidate an instance
  boolean tried(Candidate candidate);

  /// Hash of the call's sticky key, from [StickyHash]; [#NO_KEY] if it has none.
  long key();

  /// Whether an instance is worth the next attempt.
  ///
  /// @param candidate an instance
  default boolean takes(Candidate candidate) {
    return !tried(candidate) && candidate.promising();
  }
}
