package dev.myelin.storage.service;

import dev.myelin.CallException;
import dev.myelin.Execution;
import dev.myelin.storage.ObjectKey;
import dev.myelin.storage.ObjectPage;
import dev.myelin.storage.StoreException;
import dev.myelin.storage.settle.UnclearWriteException;
import dev.myelin.storage.settle.VersionedTable;
import dev.myelin.storage.settle.Write;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The table behind the service, wherever that is hosted. Thread-safe.
///
/// A call that failed on its way is a write that did not happen or an unclear one, as the call's
/// failure says.
public final class CalledTable implements VersionedTable {

  private final Supplier<ObjectTables> service;

  /// Creates one.
  ///
  /// @param service gets the service or a stand-in for it
  public CalledTable(Supplier<ObjectTables> service) {
    this.service = service;
  }

  @Override
  public String name() {
    return "service 'object-store'";
  }

  @Override
  public boolean write(Write write) throws UnclearWriteException {
    try {
      return service.get().write(write);
    } catch (CallException failure) {
      if (failure.execution() == Execution.DID_NOT_RUN) {
        throw failed(failure);
      }
      throw new UnclearWriteException("Call of " + name(), failure);
    }
  }

  @Override
  public Optional<Written> read(ObjectKey key) {
    return reading(() -> service.get().read(key));
  }

  @Override
  public ObjectPage scan(String type, @Nullable String from, int limit) {
    return reading(() -> service.get().scan(type, from, limit));
  }

  private <T> T reading(Supplier<T> call) {
    try {
      return call.get();
    } catch (CallException failure) {
      throw failed(failure);
    }
  }

  private static StoreException failed(CallException failure) {
    return new StoreException(
        Execution.DID_NOT_RUN,
        "Objects cannot be reached: " + Objects.toString(failure.getMessage()),
        failure);
  }
}
