package dev.myelin.storage.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.myelin.Execution;
import dev.myelin.storage.EphemeralStore;
import dev.myelin.storage.StoreException;
import dev.myelin.storage.memory.InMemoryEphemeralStore;
import dev.myelin.wire.codec.BinaryCodec;
import java.lang.reflect.Proxy;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.springframework.cache.Cache.ValueRetrievalException;
import org.springframework.cache.interceptor.SimpleKey;

final class EphemeralCacheTests {

  enum Colour {
    RED {
      @Override
      public String toString() {
        return "r";
      }
    },
    BLUE
  }

  record Quote(String article, BigDecimal price, Instant at, List<Colour> colours) {}

  record Place(int row, int seat) {}

  private static final Quote QUOTE =
      new Quote("tea", new BigDecimal("3.20"), Instant.EPOCH, List.of(Colour.RED, Colour.BLUE));

  private final AtomicLong now = new AtomicLong();
  private final EphemeralStore store = new InMemoryEphemeralStore(1 << 20, now::get);

  private final EphemeralCache cache = process(store);

  // each is a process with memory of its own
  private EphemeralCache process(EphemeralStore shared) {
    return new EphemeralCache("prices", settings(true), shared, values("dev.myelin"), now::get);
  }

  private static CacheSettings settings(boolean nulls) {
    return new CacheSettings(Duration.ofMinutes(1), nulls, Duration.ofSeconds(30));
  }

  private static CacheValues values(String trusted) {
    return new CacheValues(
        new BinaryCodec(), EphemeralCacheTests.class.getClassLoader(), List.of(trusted));
  }

  private static Object read(EphemeralCache from, Object key) {
    return Objects.requireNonNull(Objects.requireNonNull(from.get(key)).get());
  }

  @Test
  void valueThatWasPutIsReadByAnotherProcess() {
    cache.put("a", QUOTE);

    assertThat(read(process(store), "a")).isEqualTo(QUOTE).isNotSameAs(QUOTE);
    assertThat(cache.get("b")).isNull();
    assertThat(cache.counts().puts()).isEqualTo(1);
    assertThat(cache.counts().misses()).isEqualTo(1);
    cache.evict("a");
    assertThat(process(store).get("a")).isNull();
  }

  @Test
  void collectionsAndValuesOfTheJdkComeBackAsWhatTheyAre() {
    var all =
        List.of(
            "text",
            7,
            8L,
            true,
            'c',
            new BigDecimal("1.10"),
            Instant.EPOCH,
            Duration.ofDays(1),
            Colour.RED,
            QUOTE,
            List.of(QUOTE, QUOTE),
            Set.of(1),
            new TreeSet<>(Set.of(2, 1)),
            Map.of("k", QUOTE),
            new TreeMap<>(Map.of(2, "b", 1, "a")),
            Optional.of(QUOTE),
            Optional.empty(),
            Arrays.asList(1, null, "x"));
    cache.put("all", all);

    assertThat(read(cache, "all")).isEqualTo(all);
    cache.put("bytes", new byte[] {1, 2});
    assertThat(read(cache, "bytes")).isEqualTo(new byte[] {1, 2});
    cache.put("texts", new String[] {"a", "b"});
    assertThat(read(cache, "texts")).isEqualTo(new String[] {"a", "b"});
  }

  @Test
  void nullIsAValueWhereItMayBe() {
    cache.put("none", null);

    assertThat(Objects.requireNonNull(cache.get("none")).get()).isNull();
    assertThat(cache.<Object>get("none", () -> "loaded")).isNull();
    var strict = new EphemeralCache("prices", settings(false), store, values("dev"), now::get);
    assertThat(strict.get("none")).isNull();
    assertThatIllegalArgumentException().isThrownBy(() -> strict.put("none", null));
  }

  @Test
  void keysThatDifferAreNeverTakenForEachOther() {
    var keys =
        Arrays.<Object>asList(
            "a",
            "a,b",
            1,
            1L,
            "1",
            1.0,
            true,
            "true",
            new BigDecimal("1"),
            new BigDecimal("1.0"),
            SimpleKey.EMPTY,
            new SimpleKey("a"),
            new SimpleKey("a", "b"),
            new SimpleKey("a,b"),
            new SimpleKey("a,b", "c"),
            new SimpleKey("a", "b,c"),
            new SimpleKey("a", null),
            new SimpleKey("a", "null"),
            List.of("a", "b", "c"),
            List.of(List.of("a", "b"), "c"),
            new Place(1, 23),
            new Place(12, 3),
            Colour.RED,
            Colour.BLUE,
            "RED",
            Instant.EPOCH);
    for (int i = 0; i < keys.size(); i++) {
      cache.put(keys.get(i), i);
    }

    for (int i = 0; i < keys.size(); i++) {
      assertThat(read(process(store), keys.get(i))).as("%s", keys.get(i)).isEqualTo(i);
    }
    assertThat(read(cache, new SimpleKey("a", "b"))).isEqualTo(12);
  }

  @Test
  void cachesWithNamesThatBeginAlikeAreApart() {
    var other = new EphemeralCache("price", settings(true), store, values("dev"), now::get);
    other.put("s", 1);
    cache.put("s", 2);
    other.clear();

    assertThat(other.get("s")).isNull();
    assertThat(read(cache, "s")).isEqualTo(2);
  }

  @Test
  void clearingIsSeenByAnotherProcessWithinASecond() {
    var other = process(store);
    cache.put("a", 1);
    assertThat(read(other, "a")).isEqualTo(1);

    cache.clear();

    assertThat(cache.get("a")).isNull();
    now.addAndGet(Duration.ofSeconds(1).toNanos());
    assertThat(other.get("a")).isNull();
    other.put("a", 2);
    assertThat(read(cache, "a")).isEqualTo(2);
  }

  @Test
  void classThatIsNotTrustedIsNeitherWrittenNorRead() {
    cache.put("a", QUOTE);
    var wary = new EphemeralCache("prices", settings(true), store, values("com.example"), now::get);

    assertThat(wary.get("a")).isNull();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> wary.put("a", QUOTE))
        .withMessageContaining("'myelin.cache.trusted-packages'")
        .withMessageContaining(Quote.class.getName());
    assertThatIllegalArgumentException()
        .isThrownBy(() -> cache.put("a", new Object()))
        .withMessageContaining("java.lang.Object");
  }

  @Test
  void bytesOfAnotherVersionOrProgramAreAMiss() {
    cache.put("a", QUOTE);
    var bytes = values("dev.myelin").write(QUOTE);
    for (int i = 0; i < bytes.length; i++) {
      var changed = bytes.clone();
      changed[i] ^= 0x55;
      var _ = values("dev.myelin").read(changed);
      var _ = values("dev.myelin").read(Arrays.copyOf(bytes, i));
    }
    // the hash of the schema stands behind the name
    var other = bytes.clone();
    other[3 + Quote.class.getName().length()] ^= 1;

    assertThat(values("dev.myelin").read(bytes)).isPresent();
    assertThat(values("dev.myelin").read(other)).isEmpty();
    assertThat(values("dev.myelin").read(new byte[0])).isEmpty();
    assertThat(values("dev.myelin").read(new byte[] {5, 127, 127})).isEmpty();
  }

  @Test
  void manyCallersOfTwoProcessesLoadAKeyOnce() throws Exception {
    var loads = new AtomicInteger();
    var other = process(store);
    try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
      var results = new ArrayList<Future<Object>>();
      for (int i = 0; i < 40; i++) {
        var mine = i % 2 == 0 ? cache : other;
        results.add(
            executor.submit(() ->
                mine.get(
                    "slow",
                    () -> {
                      TimeUnit.MILLISECONDS.sleep(50);
                      return loads.incrementAndGet();
                    })));
      }
      for (var each : results) {
        assertThat(each.get()).isEqualTo(1);
      }
    }
    assertThat(loads).hasValue(1);
  }

  @Test
  void valueThatWasEvictedWhileItWasLoadedIsNotKept() {
    assertThat(
            cache.<Object>get(
                "a",
                () -> {
                  process(store).evict("a");
                  return "old";
                }))
        .isEqualTo("old");

    assertThat(cache.get("a")).isNull();
    assertThat(cache.<Object>get("a", () -> "new")).isEqualTo("new");
    assertThat(read(cache, "a")).isEqualTo("new");
  }

  @Test
  void valueThatWasPutWhileAnOlderOneWasLoadedStays() {
    cache.<Object>get(
        "a",
        () -> {
          process(store).put("a", "newer");
          return "older";
        });

    assertThat(read(cache, "a")).isEqualTo("newer");
  }

  @Test
  void loaderThatFailsLeavesNothingBehind() {
    assertThatExceptionOfType(ValueRetrievalException.class)
        .isThrownBy(() ->
            cache.get(
                "a",
                () -> {
                  throw new IllegalStateException("no such article");
                }))
        .withCauseInstanceOf(IllegalStateException.class);

    assertThat(cache.<Object>get("a", () -> "loaded")).isEqualTo("loaded");
  }

  @Test
  void callerWhoHasWaitedForTheLoadersTimeLoadsForItself() throws Exception {
    var begun = new CountDownLatch(1);
    var end = new CountDownLatch(1);
    var other = process(store);
    try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
      var hanging =
          executor.submit(() ->
              cache.<Object>get(
                  "a",
                  () -> {
                    begun.countDown();
                    end.await();
                    return "late";
                  }));
      begun.await();
      var waiting = executor.submit(() -> other.<Object>get("a", () -> "mine"));
      assertThat(other.get("a")).isNull();
      now.addAndGet(Duration.ofSeconds(31).toNanos());

      assertThat(waiting.get(20, TimeUnit.SECONDS)).isEqualTo("mine");
      end.countDown();
      assertThat(hanging.get(20, TimeUnit.SECONDS)).isEqualTo("late");
    }
  }

  @Test
  void putIfAbsentTellsWhatIsThere() {
    assertThat(cache.putIfAbsent("a", 1)).isNull();
    assertThat(Objects.requireNonNull(cache.putIfAbsent("a", 2)).get()).isEqualTo(1);
    assertThat(cache.evictIfPresent("a")).isTrue();
    assertThat(cache.evictIfPresent("a")).isFalse();
    assertThat(cache.invalidate()).isTrue();
  }

  @Test
  void asynchronousReadsLoadWhatIsNotThere() throws Exception {
    assertThat(cache.retrieve("a").get(20, TimeUnit.SECONDS)).isNull();
    assertThat(
            cache
                .retrieve("a", () -> CompletableFuture.completedFuture("v"))
                .get(20, TimeUnit.SECONDS))
        .isEqualTo("v");
    assertThat(read(cache, "a")).isEqualTo("v");
    assertThat(cache.retrieve("a").get(20, TimeUnit.SECONDS)).isNotNull();
  }

  @Test
  void storeThatIsAwayCostsValuesAndNothingElse() {
    var away = new AtomicBoolean();
    var fails = process(failing(away));
    fails.put("a", 1);
    away.set(true);

    assertThat(fails.get("a")).isNull();
    assertThat(fails.<Object>get("a", () -> 2)).isEqualTo(2);
    fails.put("a", 3);
    fails.evict("a");
    fails.clear();
    assertThat(process(failing(away)).<Object>get("a", () -> 4)).isEqualTo(4);
    assertThat(fails.counts().failures()).isGreaterThan(3);

    away.set(false);
    now.addAndGet(Duration.ofSeconds(1).toNanos());
    assertThat(fails.get("a")).isNull();
    // the clearing that could not be told is told now
    assertThat(process(store).get("a")).isNull();
  }

  private EphemeralStore failing(AtomicBoolean away) {
    return (EphemeralStore)
        Proxy.newProxyInstance(
            EphemeralStore.class.getClassLoader(),
            new Class<?>[] {EphemeralStore.class},
            (_, method, arguments) -> {
              if (away.get()) {
                throw new StoreException(Execution.MAY_HAVE_RUN, "away", null);
              }
              return method.invoke(store, arguments);
            });
  }

  @Test
  void cachesAreMadeWhenTheyAreAskedForUnlessTheyAreNamed() {
    var made = new HashSet<String>();
    var open =
        new EphemeralCaches(
            _ -> store,
            values("dev"),
            _ -> settings(true),
            List.of(),
            each -> made.add(each.getName()));
    var named =
        new EphemeralCaches(
            _ -> store,
            values("dev"),
            _ -> settings(true),
            List.of("a"),
            each -> made.add(each.getName()));

    assertThat(open.getCache("x")).isSameAs(open.getCache("x")).isNotNull();
    assertThat(open.getCacheNames()).containsExactly("x");
    assertThat(named.getCache("x")).isNull();
    assertThat(named.getCacheNames()).containsExactly("a");
    assertThat(made).containsExactly("x");
  }
}
