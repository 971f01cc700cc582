package dev.myelin.storage.memcached;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import dev.myelin.Execution;
import dev.myelin.storage.StoreException;
import dev.myelin.wire.Endpoint;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Nodes that die, hang, come back, come and go: real memcacheds, stopped by real signals.
final class MemcachedFaultsIT {

  private static final Duration LONG = Duration.ofMinutes(10);
  private static final int KEYS = 200;
  private static final Duration PATIENT = Duration.ofSeconds(10);

  /// For nodes that hang: each is waited for a few times.
  private static final Duration HURRIED = Duration.ofSeconds(2);

  private final List<AutoCloseable> open = new ArrayList<>();

  @AfterEach
  void close() throws Exception {
    for (var each : open.reversed()) {
      each.close();
    }
  }

  private MemcachedServer server() throws Exception {
    var server = MemcachedServer.start();
    open.add(server);
    return server;
  }

  private MemcachedEphemeralStore connect(NodeSource source, int replicas, Duration timeout) {
    var store =
        MemcachedEphemeralStore.connect(
            new MemcachedSettings(
                "t:",
                replicas,
                timeout,
                new MemcachedSettings.Sizes(1_048_576, 8_000_000),
                new MemcachedSettings.Warming(
                    Duration.ofMinutes(1), 100_000, Duration.ofMillis(200))),
            source,
            Clock.systemUTC());
    open.add(store);
    return store;
  }

  private static NodeSource of(MemcachedServer... servers) {
    return NodeSource.of(List.of(servers).stream().map(MemcachedServer::endpoint).toList());
  }

  private static byte[] bytes(String text) {
    return text.getBytes(UTF_8);
  }

  private static void fill(MemcachedEphemeralStore store, String content) {
    for (int i = 0; i < KEYS; i++) {
      store.put("k" + i, bytes(content + i), LONG);
    }
  }

  private static Optional<String> text(MemcachedEphemeralStore store, String key) {
    return store.get(key).map(found -> new String(found.value(), UTF_8));
  }

  private static int present(MemcachedEphemeralStore store, String content) {
    int present = 0;
    for (int i = 0; i < KEYS; i++) {
      if (text(store, "k" + i).filter((content + i)::equals).isPresent()) {
        present++;
      }
    }
    return present;
  }

  private static void awaitAvailable(MemcachedEphemeralStore store, boolean all) {
    await()
        .atMost(Duration.ofSeconds(30))
        .until(() -> store.nodes().stream().allMatch(NodeState::available) == all);
  }

  @Test
  void hangingNodeIsAskedOnlyAFewTimes() throws Exception {
    var server = server();
    var store = connect(of(server), 1, HURRIED);
    store.put("key", bytes("old"), LONG);
    server.pause();

    int waited = 0;
    for (int i = 0; i < 50; i++) {
      boolean asked = store.nodes().getFirst().available();
      assertThatExceptionOfType(StoreException.class)
          .isThrownBy(() -> store.get("key"))
          .withMessageContaining("'key'")
          .withMessageContaining(server.endpoint().toString());
      waited += asked ? 1 : 0;
    }
    assertThat(waited).isEqualTo(Circuit.SILENCES);
    assertThatExceptionOfType(StoreException.class)
        .isThrownBy(() -> store.put("key", bytes("new"), LONG));

    server.resume();
    awaitAvailable(store, true);
    // the write that it missed must not leave the old value
    assertThat(text(store, "key")).isNotEqualTo(Optional.of("old"));
    store.put("key", bytes("newer"), LONG);
    assertThat(text(store, "key")).contains("newer");
  }

  @Test
  void replicaAnswersForANodeThatHangsAndNothingOldComesBack() throws Exception {
    var first = server();
    var second = server();
    var store = connect(of(first, second), 2, HURRIED);
    fill(store, "old");
    first.pause();

    assertThat(present(store, "old")).isEqualTo(KEYS);
    fill(store, "new");
    for (int i = 0; i < KEYS; i += 2) {
      store.remove("k" + i);
    }
    first.resume();
    awaitAvailable(store, true);

    for (int i = 0; i < KEYS; i++) {
      assertThat(text(store, "k" + i)).isNotEqualTo(Optional.of("old" + i));
      if (i % 2 == 0) {
        assertThat(text(store, "k" + i)).isEmpty();
      }
    }
  }

  @Test
  void nodeThatRefusesAWriteIsNotReadWhatItHadBefore() throws Exception {
    var small = MemcachedServer.start("-I", "512k");
    open.add(small);
    var store = connect(of(small, server()), 2, PATIENT);
    var large = new byte[2_500_000];
    for (int i = 0; i < 20; i++) {
      store.put("k" + i, bytes("old"), LONG);
    }

    for (int i = 0; i < 20; i++) {
      store.put("k" + i, large, LONG);
      assertThat(store.get("k" + i).orElseThrow().value()).hasSize(large.length);
      assertThat(store.getAll(List.of("k" + i)).get("k" + i)).hasSize(large.length);
    }
    // and nobody else does, once it is made good
    var other = connect(of(small), 1, PATIENT);
    for (int i = 0; i < 20; i++) {
      var key = "k" + i;
      await().atMost(PATIENT).until(() -> other.get(key).isEmpty());
    }
    store.put("k0", bytes("small again"), LONG);
    assertThat(text(store, "k0")).contains("small again");
    assertThat(text(other, "k0")).contains("small again");
  }

  @Test
  void nodeThatTakesNoItemAsLargeSaysWhatToDo() throws Exception {
    var small = MemcachedServer.start("-I", "512k");
    open.add(small);
    var store = connect(of(small), 1, PATIENT);

    assertThatExceptionOfType(StoreException.class)
        .isThrownBy(() -> store.put("key", new byte[600_000], LONG))
        .withMessageContaining("'key'")
        .withMessageContaining("'myelin.ephemeral.item-limit'")
        .satisfies(e -> assertThat(e.execution()).isEqualTo(Execution.DID_NOT_RUN));
  }

  @Test
  void nodeThatMakesRoomMeanwhileTakesEveryWrite() throws Exception {
    var narrow = MemcachedServer.start("-m", "4");
    open.add(narrow);
    var store = connect(of(narrow), 1, PATIENT);

    // its memory is in pages of many sizes then, and one of 200 large items is refused at first
    int[] sizes = {0, 1, 100, 65_536, 1_046_500, 1_047_488};
    for (int i = 0; i < 100; i++) {
      store.put("s" + i, new byte[sizes[i % sizes.length]], LONG);
    }
    try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
      Callable<Void> writer =
          () -> {
            for (int i = 0; i < 300; i++) {
              store.put("k", new byte[2_500_000], LONG);
              store.get("k");
            }
            return null;
          };
      for (var written : executor.invokeAll(Collections.nCopies(2, writer))) {
        written.get();
      }
    }
    assertThat(store.nodes()).allMatch(NodeState::available);
  }

  @Test
  void restartedNodeIsFilledFromItsNeighbours() throws Exception {
    var first = server();
    var second = server();
    var third = server();
    var store = connect(of(first, second, third), 2, PATIENT);
    // a start is told from another by the second in which it was
    fill(store, "v");
    store.put("large", new byte[2_500_000], LONG);
    store.increment("count", 41, LONG);
    await().pollDelay(Duration.ofSeconds(6)).until(() -> true);
    first.kill();
    assertThat(present(store, "v")).isEqualTo(KEYS);
    first.restart();
    awaitAvailable(store, true);

    var alone = connect(of(first), 1, PATIENT);
    int own = owned(first, 2, first, second, third);
    await().atMost(Duration.ofSeconds(20)).until(() -> present(alone, "v") == own);
    assertThat(present(store, "v")).isEqualTo(KEYS);
    assertThat(store.get("large")).isPresent();
    assertThat(store.increment("count", 1, LONG)).isEqualTo(42);
  }

  @Test
  void newNodeTakesItsKeysFromThoseThatHadThem() throws Exception {
    var first = server();
    var second = server();
    var nodes = new AtomicReference<Set<Endpoint>>(Set.of(first.endpoint()));
    var store = connect(() -> Optional.of(nodes.get()), 1, PATIENT);
    fill(store, "v");

    nodes.set(Set.of(first.endpoint(), second.endpoint()));
    await().until(() -> store.nodes().size() == 2);
    awaitAvailable(store, true);
    assertThat(present(store, "v")).isEqualTo(KEYS);

    var alone = connect(of(second), 1, PATIENT);
    int own = owned(second, 1, first, second);
    await().atMost(Duration.ofSeconds(20)).until(() -> present(alone, "v") == own);
    assertThat(present(store, "v")).isEqualTo(KEYS);
    var left = connect(of(first), 1, PATIENT);
    await()
        .atMost(Duration.ofSeconds(20))
        .until(() -> present(left, "v") + present(alone, "v") == KEYS);
  }

  @Test
  void newNodeThatIsReachedLateTakesItsKeysAllTheSame() throws Exception {
    var first = server();
    var second = server();
    var nodes = new AtomicReference<Set<Endpoint>>(Set.of(first.endpoint()));
    var store = connect(() -> Optional.of(nodes.get()), 1, PATIENT);
    fill(store, "v");

    second.pause();
    nodes.set(Set.of(first.endpoint(), second.endpoint()));
    await().until(() -> store.nodes().size() == 2);
    await().pollDelay(Duration.ofSeconds(2)).until(() -> true);
    second.resume();
    awaitAvailable(store, true);

    var alone = connect(of(second), 1, PATIENT);
    int own = owned(second, 1, first, second);
    await().atMost(Duration.ofSeconds(20)).until(() -> present(alone, "v") == own);
  }

  /// How many of the keys belong to a node.
  private static int owned(MemcachedServer node, int replicas, MemcachedServer... all) {
    var ring = new Ring(Stream.of(all).map(MemcachedServer::endpoint).toList());
    return (int)
        IntStream.range(0, KEYS)
            .mapToLong(i -> Ring.place(StoredKey.of("t:", "k" + i).text()))
            .filter(place -> ring.owners(place, replicas).contains(node.endpoint()))
            .count();
  }

  @Test
  void nodeThatComesBackWithWhatItHadIsNotBelieved() throws Exception {
    var first = server();
    var second = server();
    var both = Set.of(first.endpoint(), second.endpoint());
    var nodes = new AtomicReference<Set<Endpoint>>(both);
    var store = connect(() -> Optional.of(nodes.get()), 1, HURRIED);
    fill(store, "old");
    second.pause();
    nodes.set(Set.of(first.endpoint()));
    await().until(() -> store.nodes().size() == 1);
    fill(store, "new");
    // older than clocks may differ
    await().pollDelay(Duration.ofMillis(2_500)).until(() -> true);
    second.resume();
    nodes.set(both);
    await().until(() -> store.nodes().size() == 2);
    awaitAvailable(store, true);

    assertThat(present(store, "old")).isZero();
  }

  @Test
  void storeWithoutAnyNodeSaysSoAndFindsThemLater() throws Exception {
    var server = server();
    server.kill();
    var store = connect(of(server), 1, PATIENT);

    assertThatExceptionOfType(StoreException.class)
        .isThrownBy(() -> store.put("key", bytes("x"), LONG))
        .withMessageContaining("'myelin.ephemeral'");
    assertThatExceptionOfType(StoreException.class)
        .isThrownBy(() -> store.getAll(List.of("key", "other")));
    assertThatExceptionOfType(StoreException.class)
        .isThrownBy(() -> connect(Optional::empty, 1, PATIENT).get("key"))
        .withMessageContaining("no node is known");

    server.restart();
    awaitAvailable(store, true);
    store.put("key", bytes("x"), LONG);
    assertThat(text(store, "key")).contains("x");
  }
}
