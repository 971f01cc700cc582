package dev.myelin.storage.memcached;

import com.google.code.yanf4j.core.impl.StandardSocketOption;
import dev.myelin.wire.Endpoint;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import net.rubyeye.xmemcached.GetsResponse;
import net.rubyeye.xmemcached.MemcachedClient;
import net.rubyeye.xmemcached.XMemcachedClientBuilder;
import net.rubyeye.xmemcached.exception.MemcachedClientException;
import net.rubyeye.xmemcached.exception.MemcachedException;
import net.rubyeye.xmemcached.exception.MemcachedServerException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One memcached, through an XMemcached client of its own: a ring with replicas needs to say which
/// node is meant, and a node that hangs must not hold up the threads that serve the others.
///
/// Each request ends within the timeout. Thread-safe.
final class MemcachedNode implements AutoCloseable {

  /// With XMemcached's own 32 KiB a large value goes out in steps that each wait for a delayed
  /// acknowledgement: 1 MB took 1.3 s.
  private static final int SOCKET_BUFFER = 1 << 20;

  /// Pauses, in milliseconds, before a node without memory for an item is asked again. It makes
  /// room while it refuses, and in the background: with 4 MB and items of 1 MB one in 200 was
  /// refused once, and none five times.
  private static final int[] PAUSES_WITHOUT_MEMORY = {1, 4, 16, 64};

  private static final Logger log = LoggerFactory.getLogger(MemcachedNode.class);
  private static final BytesTranscoder BYTES = new BytesTranscoder();

  private final Endpoint endpoint;
  private final long timeout;
  private final Circuit circuit = new Circuit();
  private final AtomicBoolean probing = new AtomicBoolean();
  private final Doubts doubts = new Doubts(circuit::lost);
  private volatile @Nullable MemcachedClient client;
  private volatile long started = Long.MIN_VALUE;

  MemcachedNode(Endpoint endpoint, Duration timeout) {
    this.endpoint = endpoint;
    this.timeout = Math.max(1, timeout.toMillis());
  }

  Endpoint endpoint() {
    return endpoint;
  }

  /// Whether it is worth asking.
  boolean available() {
    return circuit.closed();
  }

  /// The keys for which it is not used: it has missed writes of them.
  Doubts doubts() {
    return doubts;
  }

  byte @Nullable [] get(String key) throws NodeFailure {
    return ask(client -> client.get(key, timeout, BYTES));
  }

  @Nullable GetsResponse<byte[]> gets(String key) throws NodeFailure {
    return ask(client -> client.gets(key, timeout, BYTES));
  }

  Map<String, byte[]> getAll(Collection<String> keys) throws NodeFailure {
    Map<String, byte[]> found = ask(client -> client.get(keys, timeout, BYTES));
    return found == null ? Map.of() : found;
  }

  void set(String key, int expiry, byte[] value) throws NodeFailure {
    if (!stored(client -> client.set(key, expiry, value, BYTES, timeout))) {
      throw new NodeFailure(endpoint, "did not store the value", false, null);
    }
  }

  boolean add(String key, int expiry, byte[] value) throws NodeFailure {
    return stored(client -> client.add(key, expiry, value, BYTES, timeout));
  }

  boolean compareAndSet(String key, int expiry, byte[] value, long cas) throws NodeFailure {
    return stored(client -> client.cas(key, expiry, value, BYTES, timeout, cas));
  }

  boolean delete(String key) throws NodeFailure {
    return truth(client -> client.delete(key, timeout));
  }

  long increment(String key, long delta, long first, int expiry) throws NodeFailure {
    Long sum = ask(client -> client.incr(key, delta, first, timeout, expiry));
    return sum == null ? first : sum;
  }

  // what is refused for lack of memory has not been stored
  private boolean stored(Request<Boolean> request) throws NodeFailure {
    for (int pause : PAUSES_WITHOUT_MEMORY) {
      try {
        return truth(request);
      } catch (NodeFailure e) {
        if (!e.withoutMemory()) {
          throw e;
        }
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(pause));
      }
    }
    return truth(request);
  }

  private boolean truth(Request<Boolean> request) throws NodeFailure {
    return Boolean.TRUE.equals(ask(request));
  }

  /// What a node is asked.
  private interface Request<T> {
    @Nullable T of(MemcachedClient client)
        throws TimeoutException, InterruptedException, MemcachedException;
  }

  private <T> @Nullable T ask(Request<T> request) throws NodeFailure {
    var asked = client;
    if (asked == null) {
      throw new NodeFailure(endpoint, "has no connection", false, null);
    }
    try {
      var answer = request.of(asked);
      circuit.answered();
      return answer;
    } catch (TimeoutException e) {
      if (circuit.silent()) {
        log.warn("memcached is silent node={} silences={}", endpoint, Circuit.SILENCES);
      }
      throw new NodeFailure(endpoint, "did not answer within %d ms".formatted(timeout), true, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new NodeFailure(endpoint, "was not waited for: interrupted", true, e);
    } catch (MemcachedClientException e) {
      throw new IllegalArgumentException(
          "%s refused it: %s".formatted(endpoint, e.getMessage()), e);
    } catch (MemcachedException e) {
      throw refused(asked, e);
    }
  }

  private NodeFailure refused(MemcachedClient asked, MemcachedException e) {
    boolean connected =
        e instanceof MemcachedServerException && !asked.getAvailableServers().isEmpty();
    if (!connected && circuit.lost()) {
      log.warn("memcached has no connection node={}", endpoint);
    }
    return connected
        ? NodeFailure.refusal(endpoint, e)
        : new NodeFailure(endpoint, "has no connection", true, e);
  }

  /// What a probe found.
  enum Finding {
    /// The node is not well.
    SILENT,
    /// It is well, and holds what it held.
    WELL,
    /// It is well, but was started since: it is empty.
    RESTARTED
  }

  /// Asks how the node is, and connects to it anew where that is needed. Blocks up to twice the
  /// timeout, so it is called on a thread of its own; does nothing if another probe is under way.
  ///
  /// @param wallSeconds the time, in seconds
  /// @param settle is told the doubtful keys, to remove them wherever they may be, before the node
  ///   is used again; says whether it could
  Finding probe(long wallSeconds, Settlement settle) {
    if (!probing.compareAndSet(false, true)) {
      return Finding.SILENT;
    }
    try {
      long begun = started(wallSeconds);
      connect();
      if (!settled(settle)) {
        return Finding.SILENT;
      }
      boolean restarted = started != Long.MIN_VALUE && begun > started + 2;
      started = begun;
      if (!circuit.closed()) {
        log.info("memcached is well node={} restarted={}", endpoint, restarted);
      }
      circuit.well();
      return restarted ? Finding.RESTARTED : Finding.WELL;
    } catch (IOException | NodeFailure e) {
      log.debug("memcached is not well node={}", endpoint, e);
      return Finding.SILENT;
    } finally {
      probing.set(false);
    }
  }

  /// Removes keys that may be old.
  interface Settlement {
    void remove(Collection<String> keys) throws NodeFailure;
  }

  private boolean settled(Settlement settle) throws NodeFailure {
    if (doubts.takeTooMany()) {
      log.warn("memcached has missed too much, emptying it node={}", endpoint);
      empty();
    }
    var keys = doubts.keys();
    for (var key : keys.counters()) {
      delete(key);
    }
    settle.remove(keys.values());
    doubts.settled(keys);
    return !doubts.any();
  }

  private void empty() throws NodeFailure {
    try {
      ask(client -> {
        client.flushAll(address(), timeout);
        return true;
      });
    } catch (NodeFailure e) {
      doubts.lose();
      throw e;
    }
  }

  private long started(long wallSeconds) throws IOException {
    try (var connection = new PlainConnection(endpoint, Duration.ofMillis(timeout))) {
      var uptime = connection.stats().get("uptime");
      if (uptime == null) {
        throw new IOException(
            "%s is no memcached: it does not tell its uptime".formatted(endpoint));
      }
      return wallSeconds - Long.parseLong(uptime);
    } catch (NumberFormatException e) {
      throw new IOException("%s tells no number as its uptime".formatted(endpoint), e);
    }
  }

  private void connect() throws IOException, NodeFailure {
    var old = client;
    if (old != null && !old.getAvailableServers().isEmpty()) {
      // what was sent before is answered or dropped before this is
      get("~probe");
      return;
    }
    var builder = new XMemcachedClientBuilder(List.of(address()));
    builder.setName("memcached " + endpoint);
    builder.setSelectorPoolSize(1);
    builder.setConnectTimeout(timeout);
    builder.setOpTimeout(timeout);
    builder.setSocketOption(StandardSocketOption.SO_SNDBUF, SOCKET_BUFFER);
    builder.setSocketOption(StandardSocketOption.SO_RCVBUF, SOCKET_BUFFER);
    // the circuit and its probes do that
    builder.setEnableHealSession(false);
    var next = builder.build();
    next.setEnableHeartBeat(false);
    client = next;
    shutdown(old);
    if (next.getAvailableServers().isEmpty()) {
      throw new NodeFailure(endpoint, "has no connection", false, null);
    }
  }

  // The client asks an address for its name, and the name for its address again: of several nodes
  // behind one name it would connect each to the same. An address is its own name here.
  private InetSocketAddress address() {
    var host = endpoint.host();
    try {
      var literal = InetAddress.ofLiteral(host).getAddress();
      return new InetSocketAddress(InetAddress.getByAddress(host, literal), endpoint.port());
    } catch (IllegalArgumentException | UnknownHostException name) {
      return new InetSocketAddress(host, endpoint.port());
    }
  }

  private void shutdown(@Nullable MemcachedClient old) {
    if (old != null) {
      try {
        old.shutdown();
      } catch (IOException e) {
        log.debug("closing a connection failed node={}", endpoint, e);
      }
    }
  }

  @Override
  public void close() {
    circuit.lost();
    shutdown(client);
  }
}
