package dev.myelin.storage.cached;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.myelin.Execution;
import dev.myelin.storage.EphemeralStore;
import dev.myelin.storage.ObjectKey;
import dev.myelin.storage.ObjectLimits;
import dev.myelin.storage.ObjectStore;
import dev.myelin.storage.ObjectStoreContractTests;
import dev.myelin.storage.ObjectVersion;
import dev.myelin.storage.StoreException;
import dev.myelin.storage.StoredObject;
import dev.myelin.storage.memory.InMemoryEphemeralStore;
import dev.myelin.storage.memory.InMemoryObjectStore;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

/// The cache before a store in memory; [#whileReading] is what happens after the store was read and
/// before its reader goes on, [#broken] a cache that cannot be reached.
final class CachedObjectStoreTests extends ObjectStoreContractTests {

  private static final CacheSettings SETTINGS =
      new CacheSettings(
          Duration.ofMinutes(1),
          Duration.ofSeconds(10),
          Duration.ofSeconds(30),
          Duration.ofMinutes(1));

  private final AtomicLong nanos = new AtomicLong();
  private final AtomicInteger reads = new AtomicInteger();
  private final AtomicReference<Runnable> whileReading = new AtomicReference<>(() -> {});
  private final InMemoryObjectStore lasting =
      new InMemoryObjectStore(ObjectLimits.DEFAULT, nanos::get, RandomGenerator.getDefault());
  private final InMemoryEphemeralStore fast = new InMemoryEphemeralStore(64 << 20, nanos::get);
  private final ObjectStore observed = observed();
  private final CachedObjectStore store = new CachedObjectStore(observed, fast, SETTINGS);
  private final CachedObjectStore other = new CachedObjectStore(observed, fast, SETTINGS);

  @Override
  protected ObjectStore store() {
    return store;
  }

  @Override
  protected void pass(Duration time) {
    nanos.addAndGet(time.toNanos());
  }

  private ObjectStore observed() {
    return (ObjectStore)
        Proxy.newProxyInstance(
            getClass().getClassLoader(),
            new Class<?>[] {ObjectStore.class},
            (_, method, arguments) -> {
              try {
                var result = method.invoke(lasting, arguments);
                if (method.getName().equals("get")) {
                  reads.incrementAndGet();
                  whileReading.getAndSet(() -> {}).run();
                }
                return result;
              } catch (InvocationTargetException failure) {
                throw failure.getCause();
              }
            });
  }

  /// The cache of callers whose first looks end at the same time.
  private EphemeralStore meeting(int callers) {
    var looked = new CountDownLatch(callers);
    return (EphemeralStore)
        Proxy.newProxyInstance(
            getClass().getClassLoader(),
            new Class<?>[] {EphemeralStore.class},
            (_, method, arguments) -> {
              var result = method.invoke(fast, arguments);
              if (method.getName().equals("get")) {
                looked.countDown();
                looked.await();
              }
              return result;
            });
  }

  private static EphemeralStore broken() {
    return (EphemeralStore)
        Proxy.newProxyInstance(
            CachedObjectStoreTests.class.getClassLoader(),
            new Class<?>[] {EphemeralStore.class},
            (_, _, _) -> {
              throw new StoreException(Execution.DID_NOT_RUN, "broken", null);
            });
  }

  @Test
  void stateWhenJustWrittenIsReadFromTheCache() {
    var key = key();
    var version = store.create(key, state(1), null).orElseThrow();
    assertThat(other.recent(key)).contains(new StoredObject(key, version, state(1)));

    var next = other.replace(key, version, state(2), null).orElseThrow();

    assertThat(store.recent(key)).contains(new StoredObject(key, next, state(2)));
    assertThat(reads).hasValue(0);
  }

  @Test
  void stateWhenLoadedOnceIsReadFromTheCache() {
    var key = key();
    var version = lasting.create(key, state(1), null).orElseThrow();

    for (int n = 0; n < 5; n++) {
      assertThat(store.recent(key)).contains(new StoredObject(key, version, state(1)));
    }

    assertThat(reads).hasValue(1);
  }

  @Test
  void absenceIsKeptUntilItsTimeIsOverOrTheObjectIsCreated() {
    var key = key();
    assertThat(store.recent(key)).isEmpty();
    assertThat(store.recent(key)).isEmpty();
    assertThat(reads).hasValue(1);

    nanos.addAndGet(Duration.ofSeconds(11).toNanos());
    assertThat(store.recent(key)).isEmpty();
    assertThat(reads).hasValue(2);

    var _ = other.create(key, state(1), null).orElseThrow();
    assertThat(store.recent(key)).isPresent();
  }

  @Test
  void deletionIsSeenAtOnce() {
    var key = key();
    var version = store.create(key, state(1), null).orElseThrow();

    assertThat(other.delete(key, version)).isTrue();

    assertThat(store.recent(key)).isEmpty();
    var again = store.create(key, state(2), null).orElseThrow();
    assertThat(other.recent(key)).contains(new StoredObject(key, again, state(2)));
  }

  @Test
  void stateWhenReadBeforeAWriteIsNotKeptAfterIt() {
    var key = key();
    var version = lasting.create(key, state(1), null).orElseThrow();
    var next = new AtomicReference<ObjectVersion>();
    whileReading.set(() -> next.set(other.replace(key, version, state(2), null).orElseThrow()));

    assertThat(store.recent(key)).map(StoredObject::version).contains(version);

    assertThat(store.recent(key)).map(StoredObject::version).contains(next.get());
  }

  @Test
  void stateWhenReadBeforeAWriteIsNotKeptEvenIfTheCacheForgotTheWrite() {
    var key = key();
    var version = lasting.create(key, state(1), null).orElseThrow();
    whileReading.set(() -> {
      var _ = other.replace(key, version, state(2), null).orElseThrow();
      fast.remove("myelin:object:" + key);
    });

    assertThat(store.recent(key)).map(StoredObject::version).contains(version);

    assertThat(store.recent(key)).map(StoredObject::version).contains(version.next());
  }

  @Test
  void writerWhenSlowDoesNotReplaceWhatALaterOneHasPut() {
    var key = key();
    var version = store.create(key, state(1), null).orElseThrow();
    var cache = new ObjectCache(fast, SETTINGS, new java.util.Random(7));
    var slow = cache.startWriting(key);
    var second = lasting.replace(key, version, state(2), null).orElseThrow();
    var third = other.replace(key, second, state(3), null).orElseThrow();

    cache.written(key, slow, new StoredObject(key, second, state(2)), null);

    assertThat(store.recent(key)).map(StoredObject::version).contains(third);
    assertThat(reads).hasValue(0);
  }

  @Test
  void writerWhenItDiesLeavesReadersToTheStore() {
    var key = key();
    var version = store.create(key, state(1), null).orElseThrow();
    new ObjectCache(fast, SETTINGS, new java.util.Random(7)).startWriting(key);
    var second = lasting.replace(key, version, state(2), null).orElseThrow();

    assertThat(store.recent(key)).map(StoredObject::version).contains(second);

    nanos.addAndGet(Duration.ofSeconds(31).toNanos());
    assertThat(store.recent(key)).isPresent();
    assertThat(store.recent(key)).isPresent();
    assertThat(reads).hasValue(2);
  }

  @Test
  void stateOfAnEarlierLifeIsRemoved() {
    var key = key();
    var earlier = store.create(key, state(1), null).orElseThrow();
    lasting.delete(key, earlier);
    var later = lasting.create(key, state(2), null).orElseThrow();

    assertThat(store.replace(key, earlier, state(3), null)).isEmpty();

    assertThat(store.recent(key)).map(StoredObject::version).contains(later);
  }

  @Test
  void objectWhenManyAskForItIsLoadedOnce() throws Exception {
    var key = key();
    var _ = lasting.create(key, state(1), null).orElseThrow();
    var asked = new CountDownLatch(8);
    whileReading.set(() -> {
      try {
        asked.await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    });

    try (var callers = Executors.newVirtualThreadPerTaskExecutor()) {
      var answers = new ArrayList<Future<Optional<StoredObject>>>();
      for (int n = 0; n < 8; n++) {
        answers.add(
            callers.submit(() -> {
              asked.countDown();
              return store.recent(key);
            }));
      }
      for (var answer : answers) {
        assertThat(answer.get()).isPresent();
      }
    }

    assertThat(reads).hasValue(1);
  }

  @Test
  void objectWhenTwoFindNothingAtTheSameTimeIsLoadedOnce() throws Exception {
    var key = key();
    var version = lasting.create(key, state(1), null).orElseThrow();
    var meeting = new CachedObjectStore(observed, meeting(2), SETTINGS);

    try (var callers = Executors.newVirtualThreadPerTaskExecutor()) {
      var one = callers.submit(() -> meeting.recent(key));
      var two = callers.submit(() -> meeting.recent(key));

      assertThat(one.get()).map(StoredObject::version).contains(version);
      assertThat(two.get()).map(StoredObject::version).contains(version);
    }

    assertThat(reads).hasValue(1);
  }

  @Test
  void cacheWhenItCannotBeReachedIsLeftOut() {
    var without = new CachedObjectStore(observed, broken(), SETTINGS);
    var key = key();

    var version = without.create(key, state(1), null).orElseThrow();

    assertThat(without.recent(key)).map(StoredObject::version).contains(version);
    assertThat(without.replace(key, version, state(2), null)).contains(version.next());
    assertThat(without.delete(key, version.next())).isTrue();
    assertThat(without.recent(key)).isEmpty();
  }

  @Test
  void stateWhenTooLargeForTheCacheIsReadFromTheStore() {
    var small = new InMemoryEphemeralStore(2_000, nanos::get);
    var limited = new CachedObjectStore(observed, small, SETTINGS);
    var key = key();

    var _ = limited.create(key, new byte[10_000], null).orElseThrow();

    assertThat(limited.recent(key)).map(object -> object.state().length).contains(10_000);
    assertThat(limited.recent(key)).map(object -> object.state().length).contains(10_000);
  }

  @Test
  void writeWhenNobodyKnowsKeepsReadersAtTheStore() {
    var key = key();
    var version = store.create(key, state(1), null).orElseThrow();
    var unclear = new CachedObjectStore(unclear(), fast, SETTINGS);

    assertThatExceptionOfType(StoreException.class)
        .isThrownBy(() -> unclear.replace(key, version, state(2), null));

    var late = lasting.replace(key, version, state(2), null).orElseThrow();
    assertThat(store.recent(key)).map(StoredObject::version).contains(late);
  }

  private static ObjectStore unclear() {
    return (ObjectStore)
        Proxy.newProxyInstance(
            CachedObjectStoreTests.class.getClassLoader(),
            new Class<?>[] {ObjectStore.class},
            (_, _, _) -> {
              throw new StoreException(Execution.MAY_HAVE_RUN, "lost", null);
            });
  }

  @Test
  void entriesOfOtherReleasesAreNone() {
    var key = new ObjectKey("account", "1");

    for (var bytes : new byte[][] {{}, {0}, {9, 1, 2}, {1, 2}, {2, 0}, {3}, {4, 1}, new byte[17]}) {
      assertThat(Entry.of(key, bytes)).isEmpty();
    }
    assertThat(Entry.of(key, new Entry.Absent().toBytes())).contains(new Entry.Absent());
  }

  private static byte[] state(int value) {
    return new byte[] {(byte) value};
  }
}
