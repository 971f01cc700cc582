package dev.myelin.benchmarks.depth;

/// A service that calls itself, in another process and back. Thread-safe.
public interface Descent {

  /// Goes down some levels, each in the process that the level above does not run in.
  ///
  /// @param levels how many are left; the process called counts as one
  /// @param next port of the process that the next level runs in
  /// @param after port of the one after that
  /// @return how many levels there were
  int descend(int levels, int next, int after);

  /// Most platform threads that this process has had at a time.
  int peakPlatformThreads();
}
