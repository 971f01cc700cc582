package dev.myelin.benchmarks.objects;

import dev.myelin.CallException;
import dev.myelin.Execution;
import dev.myelin.storage.ObjectKey;
import dev.myelin.storage.ObjectPage;
import dev.myelin.storage.ObjectStore;
import dev.myelin.storage.ObjectVersion;
import dev.myelin.storage.StoreException;
import dev.myelin.storage.StoredObject;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The store of a host: calls of the one that all share.
final class SharedStoreClient implements ObjectStore {

  private final SharedStore shared;

  SharedStoreClient(SharedStore shared) {
    this.shared = shared;
  }

  private static <T> T asked(Supplier<T> call, boolean writes) {
    try {
      return call.get();
    } catch (CallException e) {
      boolean unknown = writes && e.execution() != Execution.DID_NOT_RUN;
      throw new StoreException(
          unknown ? Execution.MAY_HAVE_RUN : Execution.DID_NOT_RUN,
          String.valueOf(e.getMessage()),
          e);
    } catch (StallingStore.AnswerLostException | IllegalStateException e) {
      // told by the store itself, after which nothing happens any more
      boolean unknown = writes && e instanceof StallingStore.AnswerLostException;
      throw new StoreException(
          unknown ? Execution.MAY_HAVE_RUN : Execution.DID_NOT_RUN,
          String.valueOf(e.getMessage()),
          e);
    }
  }

  @Override
  public Optional<StoredObject> get(ObjectKey key) {
    return asked(() -> Optional.ofNullable(shared.get(key)), false)
        .map(kept -> new StoredObject(key, kept.version(), kept.state()));
  }

  @Override
  public Optional<ObjectVersion> create(
      ObjectKey key, byte[] state, @Nullable Duration timeToLive) {
    return asked(() -> Optional.ofNullable(shared.create(key, state)), true);
  }

  @Override
  public Optional<ObjectVersion> replace(
      ObjectKey key, ObjectVersion expected, byte[] state, @Nullable Duration timeToLive) {
    return asked(() -> Optional.ofNullable(shared.replace(key, expected, state)), true);
  }

  @Override
  public boolean delete(ObjectKey key, ObjectVersion expected) {
    throw new UnsupportedOperationException("nothing is deleted here");
  }

  @Override
  public ObjectPage scan(String type, @Nullable String from, int limit) {
    throw new UnsupportedOperationException("nothing is listed here");
  }
}
