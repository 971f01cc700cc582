package dev.myelin.storage.service;

import dev.myelin.Microservice;
import dev.myelin.Operation;
import dev.myelin.storage.ObjectKey;
import dev.myelin.storage.ObjectPage;
import dev.myelin.storage.settle.UnclearWriteException;
import dev.myelin.storage.settle.VersionedTable.Written;
import dev.myelin.storage.settle.Write;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Reads and writes the objects of an application, for all of its processes.
@Microservice(name = "object-store", concurrency = 256, timeout = "30s")
public interface ObjectTables {

  /// Tries a write, once.
  ///
  /// @param write what to do
  /// @return whether it happened; false if its condition does not hold
  /// @throws UnclearWriteException if it may have happened, or may still happen
  boolean write(Write write) throws UnclearWriteException;

  /// Reads an object.
  ///
  /// @param key which object
  @Operation(idempotent = true)
  Optional<Written> read(ObjectKey key);

  /// Reads some objects of a type.
  ///
  /// @param type type of the objects
  /// @param from where the page begins
  /// @param limit how many at most
  @Operation(idempotent = true)
  ObjectPage scan(String type, @Nullable String from, int limit);
}
