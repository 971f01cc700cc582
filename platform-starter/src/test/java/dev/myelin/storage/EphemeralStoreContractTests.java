package dev.myelin.storage;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What every [EphemeralStore] promises. The values of one test are not those of another: each has
/// keys of its own.
public abstract class EphemeralStoreContractTests {

  protected static final Duration LONG = Duration.ofMinutes(10);
  private static final AtomicInteger KEYS = new AtomicInteger();

  private final String key = "key-" + getClass().getSimpleName() + KEYS.incrementAndGet();

  /// The store under test.
  protected abstract EphemeralStore store();

  /// Lets time pass until something that is kept for a second must have ended.
  protected abstract void awaitEndOfASecond();

  private byte[] read(String name) {
    return store().get(name).orElseThrow().value();
  }

  private static byte[] bytes(String text) {
    return text.getBytes(UTF_8);
  }

  @Test
  void getWhenNothingWasPutIsEmpty() {
    assertThat(store().get(key)).isEmpty();
    assertThat(store().remove(key)).isFalse();
    assertThat(store().compareAndSet(key, 1, bytes("x"), LONG)).isFalse();
    assertThat(store().getAll(List.of(key))).isEmpty();
  }

  @Test
  void putReplacesAndRemoveForgets() {
    store().put(key, bytes("one"), LONG);
    store().put(key, bytes("two"), LONG);

    assertThat(read(key)).isEqualTo(bytes("two"));
    assertThat(store().remove(key)).isTrue();
    assertThat(store().get(key)).isEmpty();
    assertThat(store().remove(key)).isFalse();
  }

  @Test
  void addSetsOnlyWhatIsNotThere() {
    assertThat(store().add(key, bytes("one"), LONG)).isTrue();
    assertThat(store().add(key, bytes("two"), LONG)).isFalse();

    assertThat(read(key)).isEqualTo(bytes("one"));
  }

  @Test
  void compareAndSetWhenWrittenSinceDoesNothing() {
    store().put(key, bytes("one"), LONG);
    long first = store().get(key).orElseThrow().stamp();

    assertThat(store().compareAndSet(key, first, bytes("two"), LONG)).isTrue();
    assertThat(store().compareAndSet(key, first, bytes("three"), LONG)).isFalse();
    store().put(key, bytes("two"), LONG);
    assertThat(store().get(key).orElseThrow().stamp()).isNotEqualTo(first);
    assertThat(read(key)).isEqualTo(bytes("two"));
  }

  @Test
  void compareAndSetOfManyThreadsLosesNoChange() throws Exception {
    store().put(key, bytes("0"), LONG);

    together(
        8,
        () -> {
          for (int i = 0; i < 25; i++) {
            boolean done = false;
            while (!done) {
              var seen = store().get(key).orElseThrow();
              int next = Integer.parseInt(new String(seen.value(), UTF_8)) + 1;
              done = store().compareAndSet(key, seen.stamp(), bytes(Integer.toString(next)), LONG);
            }
          }
          return null;
        });

    assertThat(read(key)).isEqualTo(bytes("200"));
  }

  @Test
  void addOfManyThreadsSucceedsOnce() throws Exception {
    var won = together(16, () -> store().add(key, bytes("mine"), LONG));

    assertThat(won).containsOnlyOnce(true);
  }

  @Test
  void counterBeginsAtZeroAndCountsEveryAddition() throws Exception {
    assertThat(store().increment(key, 5, LONG)).isEqualTo(5);
    assertThat(store().increment(key, 0, LONG)).isEqualTo(5);

    var sums = together(8, () -> store().increment(key, 1, LONG));

    assertThat(sums).containsExactlyInAnyOrder(6L, 7L, 8L, 9L, 10L, 11L, 12L, 13L);
    assertThat(read(key)).isEqualTo(bytes("13"));
    assertThat(store().remove(key)).isTrue();
    assertThat(store().increment(key, 0, LONG)).isZero();
  }

  @Test
  void counterThatIsAValueIsRefused() {
    store().put(key, bytes("7 of hearts"), LONG);

    assertThatIllegalArgumentException().isThrownBy(() -> store().increment(key, 1, LONG));
    assertThatIllegalArgumentException().isThrownBy(() -> store().increment("c", -1, LONG));
  }

  @Test
  void getAllReadsWhatIsThere() {
    var keys = new ArrayList<String>();
    for (int i = 0; i < 50; i++) {
      keys.add(key + " №" + i);
      if (i % 2 == 0) {
        store().put(keys.get(i), bytes("value " + i), LONG);
      }
    }
    keys.add(keys.getFirst());

    var found = store().getAll(keys);

    assertThat(found).hasSize(25);
    assertThat(found.get(keys.get(48))).isEqualTo(bytes("value 48"));
    assertThat(store().getAll(List.of())).isEmpty();
  }

  @Test
  void everyTextIsAKeyOfItsOwn() {
    var keys =
        List.of(
            "",
            " ",
            "a b",
            "a\r\nget b",
            "größer",
            "a".repeat(250),
            "a".repeat(251),
            "#x",
            "~x",
            "\u0000",
            "\ud800",
            "\udbff",
            "key",
            "KEY",
            "kéy",
            "ke\u0301y",
            "中".repeat(5_000),
            "~1~2~x",
            "a:b",
            "%20");

    for (int i = 0; i < keys.size(); i++) {
      store().put(key + keys.get(i), bytes("before " + i), LONG);
      store().put(keys.get(i) + "." + key, bytes("after " + i), LONG);
    }

    for (int i = 0; i < keys.size(); i++) {
      assertThat(read(key + keys.get(i))).isEqualTo(bytes("before " + i));
      assertThat(read(keys.get(i) + "." + key)).isEqualTo(bytes("after " + i));
    }
    assertThat(store().getAll(keys.stream().map(each -> each + "." + key).toList()))
        .hasSize(keys.size());
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 100, 65_536, 1_047_000, 1_048_000, 1_048_576, 1_048_577, 3_500_000})
  void valueOfAnySizeIsKeptWhole(int size) {
    var value = new byte[size];
    new Random(size).nextBytes(value);

    store().put(key, value, LONG);

    assertThat(read(key)).isEqualTo(value);
    assertThat(store().getAll(List.of(key)).get(key)).isEqualTo(value);
    long stamp = store().get(key).orElseThrow().stamp();
    var next = Arrays.copyOf(value, size + 1);
    assertThat(store().compareAndSet(key, stamp, next, LONG)).isTrue();
    assertThat(read(key)).isEqualTo(next);
  }

  @Test
  void valueOverTheLimitIsRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> store().put(key, new byte[9_000_000], LONG))
        .withMessageContaining(key)
        .withMessageContaining("bytes");
    assertThat(store().get(key)).isEmpty();
  }

  @Test
  void largeValueIsNeverReadMixed() throws Exception {
    var writer = new AtomicInteger();
    var seen = new HashSet<Integer>();
    store().put(key, filled(0), LONG);

    together(
        4,
        () -> {
          int mine = writer.incrementAndGet();
          for (int i = 0; i < 10; i++) {
            if (mine <= 2) {
              store().put(key, filled(mine), LONG);
            } else {
              store()
                  .get(key)
                  .ifPresent(read -> {
                    var value = read.value();
                    for (var each : value) {
                      if (each != value[0]) {
                        throw new AssertionError("mixed: %d and %d".formatted(value[0], each));
                      }
                    }
                    synchronized (seen) {
                      seen.add((int) value[0]);
                    }
                  });
            }
          }
          return null;
        });

    assertThat(seen).isSubsetOf(0, 1, 2);
    assertThat(read(key)).hasSize(2_500_000);
  }

  private static byte[] filled(int content) {
    var value = new byte[2_500_000];
    Arrays.fill(value, (byte) content);
    return value;
  }

  @Test
  void valueEndsAtItsTimeToLive() {
    store().put(key, bytes("short"), Duration.ofSeconds(1));
    store().put(key + "long", bytes("long"), LONG);
    store().add(key + "added", bytes("short"), Duration.ofSeconds(1));
    store().increment(key + "count", 1, Duration.ofSeconds(1));

    awaitEndOfASecond();

    assertThat(store().get(key)).isEmpty();
    assertThat(store().get(key + "added")).isEmpty();
    assertThat(store().increment(key + "count", 1, LONG)).isEqualTo(1);
    assertThat(store().get(key + "long")).isPresent();
  }

  @ParameterizedTest
  @ValueSource(strings = {"P30D", "P30DT1S", "P31D", "P400D", "P3650D", "P36500D"})
  void timeToLiveOfMonthsIsNotTakenForADateOfThePast(String timeToLive) {
    store().put(key, bytes("kept"), Duration.parse(timeToLive));
    store().increment(key + "count", 3, Duration.parse(timeToLive));

    assertThat(store().get(key)).isPresent();
    assertThat(store().increment(key + "count", 1, LONG)).isEqualTo(4);
  }

  @ParameterizedTest
  @ValueSource(strings = {"PT0S", "PT-1S", "PT0.999S"})
  void timeToLiveUnderASecondIsRefused(String timeToLive) {
    var tooShort = Duration.parse(timeToLive);

    assertThatIllegalArgumentException().isThrownBy(() -> store().put(key, bytes("x"), tooShort));
    assertThatIllegalArgumentException().isThrownBy(() -> store().add(key, bytes("x"), tooShort));
    assertThatIllegalArgumentException().isThrownBy(() -> store().increment(key, 1, tooShort));
  }

  private static <T> List<T> together(int threads, Callable<T> task) throws Exception {
    try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
      var results = new ArrayList<T>();
      for (var each : executor.invokeAll(Collections.nCopies(threads, task))) {
        results.add(each.get());
      }
      return results;
    }
  }
}
