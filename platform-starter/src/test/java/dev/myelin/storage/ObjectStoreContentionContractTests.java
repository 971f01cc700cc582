package dev.myelin.storage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.myelin.storage.VersionChain.Link;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// What every object store keeps: many callers at a time.
public abstract class ObjectStoreContentionContractTests {

  private static final int CALLERS = 8;

  /// The store under test.
  protected abstract ObjectStore store();

  /// How many writes each caller of a contended object has to bring through.
  protected int writesPerCaller() {
    return 25;
  }

  /// A type that no other test has.
  protected static String type() {
    return "t" + UUID.randomUUID();
  }

  /// A key that no other test has.
  protected static ObjectKey key() {
    return new ObjectKey(type(), UUID.randomUUID().toString());
  }

  @Test
  void writesOfManyCallersMakeOneChain() throws Exception {
    var key = key();
    var chain = new VersionChain();
    var first = chain.next(null);
    chain.wrote(0, store().create(key, first.toBytes(), null).orElseThrow(), first);

    all(caller -> () -> writeAll(chain, key, caller + 1));

    var last = store().get(key).orElseThrow();
    assertThat(chain.faults(last)).isEmpty();
    assertThat(last.version().number()).isEqualTo(1 + CALLERS * writesPerCaller());
    assertThat(chain.confirmed()).isEqualTo(last.version().number());
  }

  private int writeAll(VersionChain chain, ObjectKey key, int session) {
    int written = 0;
    while (written < writesPerCaller()) {
      var read = store().get(key).orElseThrow();
      chain.read(session, read);
      var link = chain.next(Link.of(read.state()));
      var version = store().replace(key, read.version(), link.toBytes(), null);
      if (version.isPresent()) {
        chain.wrote(session, version.get(), link);
        written++;
      }
    }
    return written;
  }

  @Test
  void createOfManyCallersSucceedsOnce() throws Exception {
    for (int round = 0; round < 5; round++) {
      var key = key();

      var created = all(caller -> () -> store().create(key, new byte[] {(byte) caller}, null));

      assertThat(created).filteredOn(Optional::isPresent).hasSize(1);
      int winner = IntStream.range(0, CALLERS).filter(n -> created.get(n).isPresent()).sum();
      assertThat(store().get(key))
          .contains(
              new StoredObject(key, created.get(winner).orElseThrow(), new byte[] {(byte) winner}));
    }
  }

  @Test
  void deleteOfManyCallersSucceedsOnce() throws Exception {
    var key = key();
    var version = store().create(key, new byte[] {1}, null).orElseThrow();

    assertThat(all(_ -> () -> store().delete(key, version))).containsOnlyOnce(true);
  }

  @Test
  void replaceAndDeleteOfOneVersionNeverBothSucceed() throws Exception {
    for (int round = 0; round < 5; round++) {
      var key = key();
      var version = store().create(key, new byte[] {1}, null).orElseThrow();

      var done =
          all(caller ->
              () ->
                  caller % 2 == 0
                      ? store().delete(key, version)
                      : store().replace(key, version, new byte[] {2}, null).isPresent());

      assertThat(done).containsOnlyOnce(true);
      assertThat(store().get(key).isPresent()).isEqualTo(done.indexOf(true) % 2 == 1);
    }
  }

  private interface Work<T> {
    Callable<T> of(int caller);
  }

  private static <T> List<T> all(Work<T> work) throws InterruptedException, ExecutionException {
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var results = new ArrayList<T>();
      for (var future :
          threads.invokeAll(IntStream.range(0, CALLERS).mapToObj(work::of).toList())) {
        results.add(future.get());
      }
      return results;
    }
  }
}
