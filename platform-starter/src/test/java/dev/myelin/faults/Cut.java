package dev.myelin.faults;

import com.google.errorprone.annotations.concurrent.GuardedBy;

/// A cut that is to be made once, after a number of bytes in one direction, counted from when it
/// was asked for. Thread-safe.
///
/// It is made right after that byte has passed; after 0 bytes, when the first one comes and instead
/// of it.
public final class Cut {

  private final Ending ending;

  @GuardedBy("this")
  private long left;

  @GuardedBy("this")
  private boolean made;

  Cut(long after, Ending ending) {
    if (after < 0) {
      throw new IllegalArgumentException("a cut after %d bytes is in the past".formatted(after));
    }
    this.left = after;
    this.ending = ending;
  }

  Ending ending() {
    return ending;
  }

  /// Whether it was made.
  public synchronized boolean made() {
    return made;
  }

  /// What becomes of bytes that come.
  ///
  /// @param pass how many may pass
  /// @param cut whether the connection is to be cut after them
  record Share(int pass, boolean cut) {}

  synchronized Share share(int length) {
    if (made) {
      return new Share(length, false);
    }
    int pass = (int) Math.min(left, length);
    left -= pass;
    made = left == 0;
    return new Share(pass, made);
  }
}
