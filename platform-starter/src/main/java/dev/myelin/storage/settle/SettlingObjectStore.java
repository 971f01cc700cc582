package dev.myelin.storage.settle;

import dev.myelin.Execution;
import dev.myelin.storage.ObjectKey;
import dev.myelin.storage.ObjectLimits;
import dev.myelin.storage.ObjectPage;
import dev.myelin.storage.ObjectStore;
import dev.myelin.storage.ObjectVersion;
import dev.myelin.storage.StoreException;
import dev.myelin.storage.StoredObject;
import java.time.Duration;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// An object store on a server whose answers may get lost. Thread-safe; blocks while the server
/// works, no longer than the settings say.
///
/// A lost answer leaves two questions: did the write happen, and may it still happen? A server that
/// was paused runs what it had received when it goes on, so that reading alone answers neither. As
/// a write's condition names a version and no version ever comes again, trying the same write again
/// does: it happens now, or its version is gone for good and it never will. What is found then says
/// whose write took it: each leaves a number of its own beside the state.
///
/// Where no answer comes in time, the caller gets `MAY_HAVE_RUN` and the write is kept: whoever
/// touches the object next, through this store, settles it first. Each attempt to create draws
/// another life, so that an object that was created, deleted and created again by such an attempt
/// is not taken for the first.
public final class SettlingObjectStore implements ObjectStore {

  private final VersionedTable table;
  private final ObjectLimits limits;
  private final Settling settling;
  private final RandomGenerator random;
  private final UnsettledWrites unsettled = new UnsettledWrites();

  /// Creates one.
  ///
  /// @param table where the objects are
  /// @param limits what it refuses
  /// @param settling how long it tries
  /// @param random what lives are drawn from
  public SettlingObjectStore(
      VersionedTable table, ObjectLimits limits, Settling settling, RandomGenerator random) {
    this.table = table;
    this.limits = limits;
    this.settling = settling;
    this.random = random;
  }

  @Override
  public Optional<StoredObject> get(ObjectKey key) {
    settleBefore(key);
    return table.read(key).map(VersionedTable.Written::object);
  }

  @Override
  public Optional<ObjectVersion> create(
      ObjectKey key, byte[] state, @Nullable Duration timeToLive) {
    limits.requireWritable(key, state, timeToLive);
    return run(new Write.Create(key, ObjectVersion.first(random), state.clone(), timeToLive));
  }

  @Override
  public Optional<ObjectVersion> replace(
      ObjectKey key, ObjectVersion expected, byte[] state, @Nullable Duration timeToLive) {
    limits.requireWritable(key, state, timeToLive);
    return run(new Write.Replace(key, expected, state.clone(), timeToLive, number()));
  }

  @Override
  public boolean delete(ObjectKey key, ObjectVersion expected) {
    return run(new Write.Delete(key, expected)).isPresent();
  }

  @Override
  public ObjectPage scan(String type, @Nullable String from, int limit) {
    ObjectLimits.requirePage(type, limit);
    unsettled.ofType(type).forEach(this::settleBefore);
    return table.scan(type, from, limit);
  }

  private Optional<ObjectVersion> run(Write write) {
    settleBefore(write.key());
    var tries = settling.tries();
    Set<Long> lives = new HashSet<>();
    var attempt = write;
    @Nullable Exception unclear = null;
    do {
      try {
        lives.add(attempt.version().life());
        if (table.write(attempt)) {
          return Optional.of(attempt.version());
        }
        return unclear == null ? Optional.empty() : found(attempt, lives, unclear);
      } catch (UnclearWriteException lost) {
        unclear = lost;
        attempt = again(attempt);
      } catch (Undecided stillNot) {
        attempt = again(attempt);
      } catch (StoreException failed) {
        if (unclear == null || failed.execution() != Execution.DID_NOT_RUN) {
          throw failed;
        }
      }
    } while (tries.another());
    unsettled.add(attempt);
    throw mayHaveRun(write, "no answer for " + settling.timeout(), unclear);
  }

  /// What the object says about who took the version that a write was for. The write's condition
  /// does not hold, and will not hold again.
  private Optional<ObjectVersion> found(Write write, Set<Long> lives, Exception unclear) {
    var row = table.read(write.key());
    var version = row.map(found -> found.object().version());
    return switch (write) {
      case Write.Create _ -> {
        if (version.isEmpty()) {
          throw new Undecided();
        }
        if (!lives.contains(version.get().life())) {
          throw mayHaveRun(write, "another one was created since", unclear);
        }
        yield Optional.of(new ObjectVersion(version.get().life(), 1));
      }
      case Write.Replace replace -> {
        if (version.filter(write.version()::equals).isPresent()) {
          yield row.get().writer() == replace.writer()
              ? Optional.of(write.version())
              : Optional.empty();
        }
        throw mayHaveRun(write, "it has been written to since", unclear);
      }
      case Write.Delete _ -> {
        if (version.filter(found -> found.after(write.version())).isPresent()) {
          yield Optional.empty();
        }
        throw mayHaveRun(write, "it is gone, whoever deleted it", unclear);
      }
    };
  }

  /// Nothing is there that could say who created it: it is gone already.
  private static final class Undecided extends RuntimeException {}

  private Write again(Write write) {
    return write instanceof Write.Create(var key, _, var state, var timeToLive)
        ? new Write.Create(key, ObjectVersion.first(random), state, timeToLive)
        : write;
  }

  private void settleBefore(ObjectKey key) {
    for (var next = unsettled.first(key); next.isPresent(); next = unsettled.first(key)) {
      var write = next.get();
      try {
        table.write(again(write));
        unsettled.remove(write);
      } catch (UnclearWriteException stillNot) {
        throw new StoreException(
            Execution.DID_NOT_RUN,
            "Object '%s' cannot be touched in %s: the outcome of an earlier write is still not known. It is asked for again by the next call; check the server"
                .formatted(key, table.name()),
            stillNot);
      }
    }
  }

  private StoreException mayHaveRun(Write write, String why, @Nullable Exception cause) {
    var what =
        switch (write) {
          case Write.Create _ -> "created";
          case Write.Replace _ -> "replaced";
          case Write.Delete _ -> "deleted";
        };
    return new StoreException(
        Execution.MAY_HAVE_RUN,
        "Object '%s' may have been %s in %s, or not: %s. Read it to see"
            .formatted(write.key(), what, table.name(), why),
        cause);
  }

  private long number() {
    return random.nextLong(1, Long.MAX_VALUE);
  }
}
