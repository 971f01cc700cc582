package dev.myelin.benchmarks.storage;

import dev.myelin.benchmarks.myelin.Instances;
import dev.myelin.benchmarks.storage.OtherReader.Seen;
import dev.myelin.storage.ObjectKey;
import dev.myelin.storage.ObjectVersion;
import dev.myelin.storage.memcached.MemcachedEphemeralStore;
import dev.myelin.wire.Endpoint;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.function.LongFunction;
import org.HdrHistogram.Histogram;

/// Goal S3: what one process has written, another one reads, through memcacheds and Cassandra that
/// share nothing with either.
///
/// After a write has returned, the other process is called, and answers when it has seen what was
/// written. So the time of that call is never less than the time for which it could have read
/// something older.
public final class Visibility implements AutoCloseable {

  static final int KEYS = 100;
  private static final int REPLICAS = 2;
  private static final double PERCENTILE = 99.9;
  private static final int STATE = 500;

  private final OtherReader reader;
  private final MemcachedEphemeralStore values;
  private final RealStores.Objects objects;

  /// Connects a writer.
  ///
  /// @param memcacheds where they listen
  /// @param cassandra where it listens
  /// @param reader where the other process listens
  public Visibility(List<Endpoint> memcacheds, InetSocketAddress cassandra, Endpoint reader) {
    this.values = RealStores.memcached(memcacheds, REPLICAS);
    this.objects = RealStores.objects(cassandra);
    this.reader = Instances.callerOf(OtherReader.class, reader);
  }

  /// Opens a reader in this process.
  ///
  /// @return where it listens
  public static Endpoint read(List<Endpoint> memcacheds, InetSocketAddress cassandra)
      throws IOException {
    var values = RealStores.memcached(memcacheds, REPLICAS);
    var objects = RealStores.objects(cassandra).cached(values);
    return Instances.open(OtherReader.class, List.of(new PollingReader(values, objects)))
        .endpoints()
        .getFirst();
  }

  static String name(int key) {
    return "seen" + key;
  }

  static ObjectKey key(int key) {
    return new ObjectKey("seen", Integer.toString(key));
  }

  /// What was found.
  ///
  /// @param writes how many were made
  /// @param late how many the first read of the other process did not see
  /// @param backward how often it saw less than before
  /// @param median time until a write was seen
  /// @param high that of all but one of a thousand
  /// @param longest that of all
  public record Found(
      long writes, long late, long backward, Duration median, Duration high, Duration longest) {}

  /// Writes values to the fast store.
  public Found values(Duration length) {
    return measure(
        length,
        number -> {
          int key = (int) (number % KEYS);
          var value = ByteBuffer.allocate(Long.BYTES).putLong(number).array();
          values.put(name(key), value, Duration.ofHours(1));
          return () -> reader.value(key, number);
        });
  }

  /// Writes objects, which the other process reads by their version, and as they were a moment ago.
  /// Late is what a read by version does not see.
  public Found objects(Duration length) {
    var store = objects.cached(values);
    var versions = new ObjectVersion[KEYS];
    for (int key = 0; key < KEYS; key++) {
      var created = store.create(key(key), new byte[STATE], null).orElseThrow();
      versions[key] = created;
      var _ = reader.object(key, created);
    }
    return measure(
        length,
        number -> {
          int key = (int) (number % KEYS);
          var next = store.replace(key(key), versions[key], new byte[STATE], null).orElseThrow();
          versions[key] = next;
          return () -> reader.object(key, next);
        });
  }

  private interface Look {
    Seen look();
  }

  private static Found measure(Duration length, LongFunction<Look> write) {
    var times = new Histogram(3);
    long late = 0;
    long backward = 0;
    long begin = System.nanoTime();
    for (long number = 1; System.nanoTime() - begin < length.toNanos(); number++) {
      var look = write.apply(number);
      long written = System.nanoTime();
      var seen = look.look();
      times.recordValue(System.nanoTime() - written);
      late += seen.atOnce() ? 0 : 1;
      backward += seen.backward() ? 1 : 0;
    }
    return new Found(
        times.getTotalCount(),
        late,
        backward,
        Duration.ofNanos(times.getValueAtPercentile(50)),
        Duration.ofNanos(times.getValueAtPercentile(PERCENTILE)),
        Duration.ofNanos(times.getMaxValue()));
  }

  @Override
  public void close() {
    objects.close();
    values.close();
  }
}
