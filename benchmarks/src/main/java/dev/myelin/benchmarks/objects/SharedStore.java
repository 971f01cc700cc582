package dev.myelin.benchmarks.objects;

import dev.myelin.Microservice;
import dev.myelin.Operation;
import dev.myelin.storage.ObjectKey;
import dev.myelin.storage.ObjectVersion;
import org.jspecify.annotations.Nullable;

/// A store that hosts in other processes share: an [dev.myelin.storage.ObjectStore] as a service.
@Microservice(name = "shared-store", timeout = "2s")
public interface SharedStore {

  /// A state; null fields for none.
  ///
  /// @param version which
  /// @param state what
  @SuppressWarnings("ArrayRecordComponent") // compared by nobody
  record Kept(ObjectVersion version, byte[] state) {}

  /// Reads.
  @Operation(idempotent = true)
  @Nullable Kept get(ObjectKey key);

  /// Creates; null if there is one.
  @Nullable ObjectVersion create(ObjectKey key, byte[] state);

  /// Replaces; null if it has changed.
  @Nullable ObjectVersion replace(ObjectKey key, ObjectVersion expected, byte[] state);
}
