package dev.myelin.storage.settle;

import dev.myelin.storage.ObjectKey;
import dev.myelin.storage.ObjectVersion;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// A write that happens only while its condition holds.
@SuppressWarnings("ArrayRecordComponent") // nobody compares writes, and nobody changes the arrays
public sealed interface Write {

  /// Of which object.
  ObjectKey key();

  /// The version that there is afterwards; of a deletion, the one that was.
  ObjectVersion version();

  /// Creates an object, if there is none.
  ///
  /// @param key which object
  /// @param version its first version, whose life tells who created it
  /// @param state its state
  /// @param timeToLive how long it is kept; null for ever
  record Create(ObjectKey key, ObjectVersion version, byte[] state, @Nullable Duration timeToLive)
      implements Write {}

  /// Replaces a state, if the version is as expected.
  ///
  /// @param key which object
  /// @param expected the version it must have
  /// @param state its next state
  /// @param timeToLive how long it is kept; null for ever
  /// @param writer number drawn for this write, stored beside the state: it tells two writers of
  ///   one version apart
  record Replace(
      ObjectKey key,
      ObjectVersion expected,
      byte[] state,
      @Nullable Duration timeToLive,
      long writer)
      implements Write {

    @Override
    public ObjectVersion version() {
      return expected.next();
    }
  }

  /// Deletes an object, if the version is as expected.
  ///
  /// @param key which object
  /// @param version the version it must have
  record Delete(ObjectKey key, ObjectVersion version) implements Write {}
}
