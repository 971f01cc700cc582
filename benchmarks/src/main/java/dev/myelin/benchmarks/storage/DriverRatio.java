package dev.myelin.benchmarks.storage;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.DefaultConsistencyLevel;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import dev.myelin.storage.ObjectKey;
import dev.myelin.storage.ObjectStore;
import dev.myelin.storage.ObjectVersion;
import dev.myelin.storage.cassandra.CassandraServer;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/// What a read and a write of an object cost, in Cassandra, beside the same lightweight transaction
/// made with the bare driver; the two take turns, so that the machine's load is the same for both.
public final class DriverRatio implements AutoCloseable {

  private static final int ROUNDS = 12;
  private static final int WARM_UP = 4;
  private static final int OPERATIONS = 200;
  private static final int STATE = 500;
  private static final ObjectKey KEY = new ObjectKey("bench", "one");

  private final CassandraServer server;
  private final RealStores.Objects objects;
  private final ObjectStore store;
  private final CqlSession bare;
  private final PreparedStatement read;
  private final PreparedStatement replace;
  private ObjectVersion version;
  private long number;

  /// What was found.
  ///
  /// @param read time of a read of ours, in that of a bare one
  /// @param write time of a write
  /// @param bareReadMicros a bare read
  /// @param bareWriteMicros a bare write
  public record Ratios(double read, double write, double bareReadMicros, double bareWriteMicros) {}

  private DriverRatio(CassandraServer server) {
    this.server = server;
    this.objects = RealStores.objects(server.address());
    this.store = objects.store();
    this.version = store.create(KEY, new byte[STATE], null).orElseThrow();
    this.bare = RealStores.session(server.address()).build();
    bare.execute("CREATE TABLE bench.bare (id text PRIMARY KEY, number bigint, state blob)");
    bare.execute("INSERT INTO bench.bare (id, number) VALUES ('one', 0) IF NOT EXISTS");
    this.read = bare.prepare("SELECT number, state FROM bench.bare WHERE id = ?");
    this.replace =
        bare.prepare("UPDATE bench.bare SET number = ?, state = ? WHERE id = ? IF number = ?");
  }

  /// Starts a Cassandra and prepares both sides.
  public static DriverRatio start() throws java.io.IOException {
    return new DriverRatio(CassandraServer.shared());
  }

  /// Measures; the medians of several rounds.
  public Ratios measure() {
    var reads = new ArrayList<Double>();
    var writes = new ArrayList<Double>();
    var bareReads = new ArrayList<Double>();
    var bareWrites = new ArrayList<Double>();
    for (int round = 0; round < ROUNDS; round++) {
      double ourRead = micros(this::read);
      double bareRead = micros(this::bareRead);
      double ourWrite = micros(this::write);
      double bareWrite = micros(this::bareWrite);
      if (round >= WARM_UP) {
        reads.add(ourRead / bareRead);
        writes.add(ourWrite / bareWrite);
        bareReads.add(bareRead);
        bareWrites.add(bareWrite);
      }
    }
    return new Ratios(median(reads), median(writes), median(bareReads), median(bareWrites));
  }

  private static double median(List<Double> values) {
    values.sort(null);
    return values.get(values.size() / 2);
  }

  private static double micros(Runnable operation) {
    long begin = System.nanoTime();
    for (int i = 0; i < OPERATIONS; i++) {
      operation.run();
    }
    return (System.nanoTime() - begin) / 1e3 / OPERATIONS;
  }

  private void read() {
    var _ = store.get(KEY).orElseThrow();
  }

  private void bareRead() {
    var row =
        bare.execute(read.bind("one").setConsistencyLevel(DefaultConsistencyLevel.SERIAL)).one();
    if (row == null || row.getLong("number") != number) {
      throw new IllegalStateException("The bare driver has read " + row);
    }
  }

  private void write() {
    version = store.replace(KEY, version, new byte[STATE], null).orElseThrow();
  }

  private void bareWrite() {
    var written =
        bare.execute(
            replace
                .bind(number + 1, ByteBuffer.wrap(new byte[STATE]), "one", number)
                .setConsistencyLevel(DefaultConsistencyLevel.QUORUM)
                .setSerialConsistencyLevel(DefaultConsistencyLevel.SERIAL));
    if (!written.wasApplied()) {
      throw new IllegalStateException("The bare driver did not write number " + (number + 1));
    }
    number++;
  }

  @Override
  public void close() {
    bare.close();
    objects.close();
    server.kill();
  }
}
