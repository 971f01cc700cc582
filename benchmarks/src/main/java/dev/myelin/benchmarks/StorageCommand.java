package dev.myelin.benchmarks;

import dev.myelin.benchmarks.storage.DriverRatio;
import dev.myelin.benchmarks.storage.RealStores;
import dev.myelin.benchmarks.storage.Visibility;
import dev.myelin.storage.EphemeralStore;
import dev.myelin.storage.StoreException;
import dev.myelin.storage.cassandra.CassandraServer;
import dev.myelin.storage.memcached.MemcachedEphemeralStore;
import dev.myelin.storage.memcached.MemcachedServer;
import dev.myelin.wire.Endpoint;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Collectors;
import net.rubyeye.xmemcached.MemcachedClient;
import net.rubyeye.xmemcached.XMemcachedClientBuilder;

/// Measures the fast store beside a bare XMemcached, with real memcacheds: S1 and S3; and objects
/// in Cassandra beside the bare driver.
final class StorageCommand {
  static final String USAGE =
      """
      storage [options]: the fast store against real memcacheds (S1, S3), objects against Cassandra
        --parts=A,B           of cache (S1), visible (S3), driver (all)
        --seconds=N           length of each part (5)
        --threads=N           virtual threads that read (8)
      """;

  private static final Set<String> PARTS = new TreeSet<>(Set.of("cache", "visible", "driver"));
  private static final String LOOPBACK = "127.0.0.1";
  private static final Duration START = Duration.ofMinutes(1);
  private static final Duration MOST_STALE = Duration.ofSeconds(1);
  private static final int KEYS = 2_000;
  private static final int VALUE = 500;
  private static final int ROUNDS = 16;
  private static final int WARM_UP = 8;
  private static final Duration LONG = Duration.ofHours(1);

  private final PrintStream out;

  StorageCommand(PrintStream out) {
    this.out = out;
  }

  /// Measures and prints.
  ///
  /// @return whether the goals were reached
  boolean run(List<String> arguments) throws Exception {
    var options = Options.parse(arguments, Set.of("parts", "seconds", "threads"));
    var parts = options.texts("parts", "cache,visible,driver");
    if (!PARTS.containsAll(parts)) {
      throw new IllegalArgumentException(
          "The option '--parts' is '%s', expected some of %s."
              .formatted(options.text("parts", ""), PARTS));
    }
    var length = options.seconds("seconds", Duration.ofSeconds(5));
    int threads = options.number("threads", 8);
    out.print(Machine.describe());
    boolean reached = !parts.contains("cache") || cache(length, threads);
    if (parts.contains("visible")) {
      reached &= visible(length);
    }
    if (parts.contains("driver")) {
      objects();
    }
    return reached;
  }

  private boolean cache(Duration length, int threads) throws Exception {
    double ratio = ratio(length, threads);
    out.printf("S1 get / bare XMemcached get: %.2f (goal <= 1.15)%n", ratio);
    boolean one = killed(1, length, threads, 0.70);
    boolean two = killed(2, length, threads, 0.99);
    return ratio <= 1.15 && one && two;
  }

  // no goal is stated for it: what a caller pays for the port
  private void objects() throws Exception {
    try (var cassandra = DriverRatio.start()) {
      var found = cassandra.measure();
      out.printf(
          "objects in Cassandra / the bare driver's lightweight transactions: read %.2f (bare %.0f us), write %.2f (bare %.0f us)%n",
          found.read(), found.bareReadMicros(), found.write(), found.bareWriteMicros());
    }
  }

  private interface Read {
    boolean hit(int key) throws Exception;
  }

  // bare and ours take turns, so that the machine's load is the same for both
  private double ratio(Duration length, int threads) throws Exception {
    try (var server = MemcachedServer.start();
        var store = connect(List.of(server), 1)) {
      var bare = bare(server);
      var value = new byte[VALUE];
      for (int i = 0; i < KEYS; i++) {
        store.put("k" + i, value, LONG);
        bare.set("bare" + i, 3_600, value);
      }
      var ratios = new ArrayList<Double>();
      for (int round = 0; round < ROUNDS; round++) {
        double ours = load(length, threads, key -> store.get("k" + key).isPresent()).nanos();
        double theirs = load(length, threads, key -> bare.get("bare" + key) != null).nanos();
        out.printf("  round %d: %.1f us, bare %.1f us%n", round, ours / 1e3, theirs / 1e3);
        if (round >= WARM_UP) {
          ratios.add(ours / theirs);
        }
      }
      bare.shutdown();
      ratios.sort(null);
      return ratios.get(ratios.size() / 2);
    }
  }

  private boolean killed(int replicas, Duration length, int threads, double goal) throws Exception {
    var servers = new ArrayList<MemcachedServer>();
    for (int i = 0; i < 4; i++) {
      servers.add(MemcachedServer.start());
    }
    try (var store = connect(servers, replicas)) {
      for (int i = 0; i < KEYS; i++) {
        store.put("k" + i, new byte[VALUE], LONG);
      }
      var killer =
          Thread.ofPlatform()
              .start(() -> {
                try {
                  TimeUnit.NANOSECONDS.sleep(length.toNanos() / 5);
                  servers.getFirst().kill();
                } catch (InterruptedException e) {
                  Thread.currentThread().interrupt();
                }
              });
      var seen = load(length, threads, key -> hit(store, key));
      killer.join();
      double rate = (double) seen.hits() / seen.reads();
      out.printf(
          "S1 one of four killed after a fifth, replicas %d: %d reads, errors %d, hits %.2f %% (goal >= %.0f %%), longest %.0f ms%n",
          replicas, seen.reads(), seen.errors(), 100 * rate, 100 * goal, seen.longest() / 1e6);
      return seen.errors() == 0 && rate >= goal;
    } finally {
      servers.forEach(MemcachedServer::close);
    }
  }

  // a cache takes what the store cannot tell for a miss
  private static boolean hit(EphemeralStore store, int key) {
    try {
      return store.get("k" + key).isPresent();
    } catch (StoreException e) {
      return false;
    }
  }

  private record Seen(long reads, long hits, long errors, double nanos, long longest) {}

  private static Seen load(Duration length, int threads, Read read) throws InterruptedException {
    var hits = new LongAdder();
    var reads = new LongAdder();
    var errors = new LongAdder();
    var longest = new AtomicLong();
    long begin = System.nanoTime();
    var all = new ArrayList<Thread>();
    for (int i = 0; i < threads; i++) {
      all.add(
          Thread.startVirtualThread(() -> {
            while (System.nanoTime() - begin < length.toNanos()) {
              long start = System.nanoTime();
              try {
                if (read.hit(ThreadLocalRandom.current().nextInt(KEYS))) {
                  hits.increment();
                }
              } catch (Exception e) {
                errors.increment();
              }
              reads.increment();
              longest.accumulateAndGet(System.nanoTime() - start, Math::max);
            }
          }));
    }
    for (var each : all) {
      each.join();
    }
    double spent = (double) (System.nanoTime() - begin) * threads;
    return new Seen(reads.sum(), hits.sum(), errors.sum(), spent / reads.sum(), longest.get());
  }

  private boolean visible(Duration length) throws Exception {
    var servers = List.of(MemcachedServer.start(), MemcachedServer.start());
    var endpoints = servers.stream().map(MemcachedServer::endpoint).toList();
    var cassandra = CassandraServer.shared();
    var arguments =
        List.of(
            "storage-reader",
            "--memcacheds="
                + endpoints.stream().map(Endpoint::toString).collect(Collectors.joining(",")),
            "--cassandra=" + cassandra.address().getPort());
    try (var reader = ChildJvm.start(arguments)) {
      int port = Integer.parseInt(reader.awaitLine(START));
      try (var trial =
          new Visibility(endpoints, cassandra.address(), new Endpoint(LOOPBACK, port))) {
        var _ = trial.values(length);
        boolean values = report("memcached", trial.values(length));
        var objects = trial.objects(length);
        boolean recent = report("objects, as they were a moment ago", objects);
        out.printf(
            "S3 objects by their version: %d of %d not seen by the first read of another process (goal 0)%n",
            objects.late(), objects.writes());
        return values && recent && objects.late() == 0;
      }
    } finally {
      // Cassandra ends with this process: another part may ask for it
      servers.forEach(MemcachedServer::close);
    }
  }

  private boolean report(String what, Visibility.Found found) {
    out.printf(
        "S3 %s: %d writes seen by another process after they returned, p50 %.2f ms, p99.9 %.2f ms, longest %.2f ms (goal p99.9 <= 1 s), %d went backwards (goal 0)%n",
        what,
        found.writes(),
        found.median().toNanos() / 1e6,
        found.high().toNanos() / 1e6,
        found.longest().toNanos() / 1e6,
        found.backward());
    return found.high().compareTo(MOST_STALE) <= 0 && found.backward() == 0;
  }

  /// Reads until the process is ended; says where it listens.
  static void read(List<String> arguments, PrintStream out)
      throws IOException, InterruptedException {
    var options = Options.parse(arguments, Set.of("memcacheds", "cassandra"));
    var memcacheds =
        options.texts("memcacheds", "").stream()
            .map(text -> text.split(":", 2))
            .map(parts -> new Endpoint(parts[0], Integer.parseInt(parts[1])))
            .toList();
    var cassandra =
        new InetSocketAddress(InetAddress.getLoopbackAddress(), options.number("cassandra", 0));
    out.println(Visibility.read(memcacheds, cassandra).port());
    Thread.currentThread().join();
  }

  private static MemcachedClient bare(MemcachedServer server) throws Exception {
    var endpoint = server.endpoint();
    var builder =
        new XMemcachedClientBuilder(
            List.of(new InetSocketAddress(endpoint.host(), endpoint.port())));
    builder.setSelectorPoolSize(1);
    return builder.build();
  }

  private static MemcachedEphemeralStore connect(List<MemcachedServer> servers, int replicas) {
    return RealStores.memcached(servers.stream().map(MemcachedServer::endpoint).toList(), replicas);
  }
}
