package dev.myelin.benchmarks.storage;

import dev.myelin.Microservice;
import dev.myelin.storage.ObjectVersion;

/// Reads, in a process of its own, what the writer has told it of.
@Microservice(name = "other-reader", timeout = "30s")
public interface OtherReader {

  /// What a read came to.
  ///
  /// @param atOnce whether the first read saw what was written
  /// @param backward whether some key had less in it than was seen there before
  record Seen(boolean atOnce, boolean backward) {}

  /// Reads a value of the fast store until it has a number, or a higher one.
  Seen value(int key, long number);

  /// Reads an object once, then in the way that may be a moment old, until it has a version.
  ///
  /// @return whether the one read saw the version, and whether the other ones went backwards
  Seen object(int key, ObjectVersion version);
}
