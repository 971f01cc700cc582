package dev.myelin.storage.settle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.myelin.Execution;
import dev.myelin.storage.ObjectKey;
import dev.myelin.storage.ObjectLimits;
import dev.myelin.storage.ObjectPage;
import dev.myelin.storage.ObjectVersion;
import dev.myelin.storage.StoreException;
import dev.myelin.storage.StoredObject;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// Against a table that loses answers as it is told: before the write, after it, or both, with the
/// write coming later.
final class SettlingObjectStoreTests {

  private enum Fault {
    LOST_BEFORE,
    LOST_AFTER,
    LATE,
    REFUSED
  }

  private static final ObjectKey KEY = new ObjectKey("account", "1");

  private final AtomicLong nanos = new AtomicLong();
  private final FaultyTable table = new FaultyTable();
  private final SettlingObjectStore store =
      new SettlingObjectStore(
          table,
          ObjectLimits.DEFAULT,
          new Settling(
              Duration.ofSeconds(2), nanos::get, pause -> nanos.addAndGet(pause.toNanos())),
          RandomGenerator.of("L64X128MixRandom"));

  @Test
  void writesWhenNoAnswerIsLostAreTriedOnce() {
    var version = store.create(KEY, state(1), null).orElseThrow();

    assertThat(store.replace(KEY, version, state(2), null)).contains(version.next());
    assertThat(store.delete(KEY, version.next())).isTrue();
    assertThat(table.attempts).isEqualTo(3);
  }

  @Test
  void createWhenItsAnswerIsLostIsFoundByItsLife() {
    table.next(Fault.LOST_AFTER);

    var version = store.create(KEY, state(1), null).orElseThrow();

    assertThat(store.get(KEY)).contains(new StoredObject(KEY, version, state(1)));
  }

  @Test
  void createWhenItIsLostIsTriedAgain() {
    table.next(Fault.LOST_BEFORE, Fault.REFUSED, Fault.LOST_BEFORE);

    var version = store.create(KEY, state(1), null).orElseThrow();

    assertThat(store.get(KEY)).contains(new StoredObject(KEY, version, state(1)));
  }

  @Test
  void createWhenReplacedBeforeItsAnswerIsFoundStillHappened() {
    table.next(Fault.LOST_AFTER);
    table.meanwhile = () -> table.put(store.get(KEY).orElseThrow().version().next(), state(9), 9);

    var version = store.create(KEY, state(1), null).orElseThrow();

    assertThat(version.number()).isEqualTo(1);
    assertThat(store.get(KEY)).map(StoredObject::version).contains(version.next());
  }

  @Test
  void replaceWhenItsAnswerIsLostIsFoundByItsWriter() {
    var version = store.create(KEY, state(1), null).orElseThrow();
    table.next(Fault.LOST_AFTER, Fault.REFUSED);

    assertThat(store.replace(KEY, version, state(2), null)).contains(version.next());
    assertThat(store.get(KEY)).map(StoredObject::state).contains(state(2));
  }

  @Test
  void replaceWhenLostAndAnotherWriterWasFasterDidNotHappen() {
    var version = store.create(KEY, state(1), null).orElseThrow();
    table.next(Fault.LOST_BEFORE);
    table.meanwhile = () -> table.put(version.next(), state(9), 9);

    assertThat(store.replace(KEY, version, state(2), null)).isEmpty();
    assertThat(store.get(KEY)).map(StoredObject::state).contains(state(9));
  }

  @Test
  void replaceWhenLostAndWrittenToTwiceSinceMayHaveRun() {
    var version = store.create(KEY, state(1), null).orElseThrow();
    table.next(Fault.LOST_BEFORE);
    table.meanwhile = () -> table.put(version.next().next(), state(9), 9);

    assertThat(failure(() -> store.replace(KEY, version, state(2), null)).execution())
        .isEqualTo(Execution.MAY_HAVE_RUN);
  }

  @Test
  void deleteWhenLostAndGoneMayHaveRunAndWhenReplacedDidNot() {
    var version = store.create(KEY, state(1), null).orElseThrow();
    table.next(Fault.LOST_BEFORE);
    table.meanwhile = () -> table.put(version.next(), state(9), 9);
    assertThat(store.delete(KEY, version)).isFalse();

    table.next(Fault.LOST_AFTER);
    assertThat(failure(() -> store.delete(KEY, version.next())).execution())
        .isEqualTo(Execution.MAY_HAVE_RUN);
    assertThat(store.get(KEY)).isEmpty();
  }

  @Test
  void writeWhenTheStoreRefusesItDidNotRunAndIsNotTriedAgain() {
    table.next(Fault.REFUSED);

    assertThat(failure(() -> store.create(KEY, state(1), null)).execution())
        .isEqualTo(Execution.DID_NOT_RUN);
    assertThat(table.attempts).isEqualTo(1);
  }

  @Test
  void writeWhenNoAnswerComesMayHaveRunAndIsSettledByTheNextRead() {
    var version = store.create(KEY, state(1), null).orElseThrow();
    table.always = Fault.LATE;

    var failure = failure(() -> store.replace(KEY, version, state(2), null));
    assertThat(failure.execution()).isEqualTo(Execution.MAY_HAVE_RUN);
    assertThat(failure).hasMessageContaining("may have been replaced");
    assertThat(failure(() -> store.get(KEY)).execution()).isEqualTo(Execution.DID_NOT_RUN);
    assertThat(failure(() -> store.scan("account", null, 1)).execution())
        .isEqualTo(Execution.DID_NOT_RUN);

    table.always = null;
    var read = store.get(KEY).orElseThrow();
    table.runLate();
    assertThat(store.get(KEY)).contains(read);
    assertThat(read).isEqualTo(new StoredObject(KEY, version.next(), state(2)));
  }

  @Test
  void deletionWhenNoAnswerComesIsSettledByTheNextCreation() {
    var version = store.create(KEY, state(1), null).orElseThrow();
    table.always = Fault.LATE;
    failure(() -> store.delete(KEY, version));
    table.always = null;

    var again = store.create(KEY, state(2), null).orElseThrow();
    table.runLate();

    assertThat(store.get(KEY)).contains(new StoredObject(KEY, again, state(2)));
  }

  @Test
  void writesWhenTheyAreTooManyToKeepAreForgottenOldestFirst() {
    table.always = Fault.LOST_BEFORE;
    for (int n = 0; n < 20; n++) {
      var key = new ObjectKey("large", "" + n);
      failure(() -> store.create(key, new byte[1 << 20], null));
    }
    table.always = null;

    assertThat(store.get(new ObjectKey("large", "0"))).isEmpty();
    assertThat(store.get(new ObjectKey("large", "19"))).isPresent();
  }

  private static StoreException failure(Runnable call) {
    return catchThrowableOfType(StoreException.class, call::run);
  }

  private static byte[] state(int value) {
    return new byte[] {(byte) value};
  }

  private static final class FaultyTable implements VersionedTable {

    private final Map<ObjectKey, Written> rows = new HashMap<>();
    private final Deque<Fault> faults = new ArrayDeque<>();
    private final List<Write> late = new ArrayList<>();
    private @Nullable Fault always;
    private @Nullable Runnable meanwhile;
    private int attempts;

    void next(Fault... next) {
      faults.addAll(List.of(next));
    }

    void runLate() {
      late.forEach(this::run);
      late.clear();
    }

    void put(ObjectVersion version, byte[] state, long writer) {
      rows.put(KEY, new Written(new StoredObject(KEY, version, state), writer));
    }

    @Override
    public String name() {
      return "table 'faulty'";
    }

    @Override
    public boolean write(Write write) throws UnclearWriteException {
      attempts++;
      var fault = always != null ? always : faults.poll();
      if (fault == null) {
        return run(write);
      }
      switch (fault) {
        case REFUSED -> throw new StoreException(Execution.DID_NOT_RUN, "refused", null);
        case LOST_AFTER -> run(write);
        case LATE -> late.add(write);
        case LOST_BEFORE -> {}
      }
      if (meanwhile != null) {
        meanwhile.run();
        meanwhile = null;
      }
      throw new UnclearWriteException("lost", new IllegalStateException());
    }

    private boolean run(Write write) {
      var row = Optional.ofNullable(rows.get(write.key()));
      var version = row.map(found -> found.object().version()).orElse(null);
      return switch (write) {
        case Write.Create(var key, var first, var state, _) ->
            rows.putIfAbsent(key, new Written(new StoredObject(key, first, state), 0)) == null;
        case Write.Replace(var key, var expected, var state, _, var writer) -> {
          boolean holds = expected.equals(version);
          if (holds) {
            rows.put(key, new Written(new StoredObject(key, expected.next(), state), writer));
          }
          yield holds;
        }
        case Write.Delete(var key, var expected) ->
            expected.equals(version) && rows.remove(key) != null;
      };
    }

    @Override
    public Optional<Written> read(ObjectKey key) {
      return Optional.ofNullable(rows.get(key));
    }

    @Override
    public ObjectPage scan(String type, @Nullable String from, int limit) {
      return new ObjectPage(List.of(), null);
    }
  }
}
