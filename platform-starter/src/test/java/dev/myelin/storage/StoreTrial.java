package dev.myelin.storage;

import dev.myelin.Execution;
import dev.myelin.storage.VersionChain.Link;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/// Callers who write to a few objects while something happens to the store's server; at the end
/// each object's history is judged. Failures are what is to be expected, as long as they are told.
public final class StoreTrial implements AutoCloseable {

  private static final Duration LONGEST = Duration.ofSeconds(90);

  private final ObjectStore store;
  private final List<Contended> objects = new ArrayList<>();
  private final List<Thread> callers = new ArrayList<>();
  private final AtomicLong writes = new AtomicLong();
  private final AtomicLong unclear = new AtomicLong();
  private final AtomicLong failed = new AtomicLong();
  private volatile boolean ended;

  private record Contended(ObjectKey key, VersionChain chain) {}

  /// Starts the callers.
  ///
  /// @param store what is tried
  /// @param sessions how many callers
  /// @param count how many objects they contend for
  public StoreTrial(ObjectStore store, int sessions, int count) {
    this.store = store;
    var type = "t" + UUID.randomUUID();
    for (int n = 0; n < count; n++) {
      var key = new ObjectKey(type, "object " + n);
      var chain = new VersionChain();
      var link = chain.next(null);
      chain.wrote(0, store.create(key, link.toBytes(), null).orElseThrow(), link);
      objects.add(new Contended(key, chain));
    }
    for (int n = 1; n <= sessions; n++) {
      int session = n;
      callers.add(Thread.startVirtualThread(() -> writeOn(session)));
    }
  }

  private void writeOn(int session) {
    for (int n = session; !ended; n++) {
      try {
        write(session, objects.get(n % objects.size()));
      } catch (StoreException failure) {
        (failure.execution() == Execution.MAY_HAVE_RUN ? unclear : failed).incrementAndGet();
        LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
      }
    }
  }

  private void write(int session, Contended object) {
    var key = object.key();
    var chain = object.chain();
    var read = store.get(key).orElseThrow();
    chain.read(session, read);
    var link = chain.next(Link.of(read.state()));
    store
        .replace(key, read.version(), link.toBytes(), null)
        .ifPresent(version -> {
          chain.wrote(session, version, link);
          writes.incrementAndGet();
        });
  }

  /// Returns when so many further writes were confirmed.
  ///
  /// @param count how many
  public void awaitWrites(long count) {
    long target = writes.get() + count;
    long start = System.nanoTime();
    while (writes.get() < target) {
      if (System.nanoTime() - start > LONGEST.toNanos()) {
        throw new IllegalStateException(
            "The store does not recover: " + this + ", expected " + target + " writes");
      }
      LockSupport.parkNanos(Duration.ofMillis(10).toNanos());
    }
  }

  /// How many writes ended without anybody knowing whether they happened.
  public long unclear() {
    return unclear.get();
  }

  /// Ends the callers and says what is wrong with the objects' histories.
  public List<String> faults() throws InterruptedException {
    close();
    for (var caller : callers) {
      caller.join();
    }
    var faults = new ArrayList<String>();
    for (var object : objects) {
      faults.addAll(object.chain().faults(store.get(object.key()).orElseThrow()));
    }
    return faults;
  }

  @Override
  public void close() {
    ended = true;
  }

  @Override
  public String toString() {
    return "%d writes confirmed, %d unclear, %d calls failed"
        .formatted(writes.get(), unclear.get(), failed.get());
  }
}
