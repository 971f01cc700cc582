package dev.myelin.client;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.myelin.CallException;
import dev.myelin.Deadline;
import dev.myelin.Execution;
import dev.myelin.Status;
import dev.myelin.transport.Sweeper;
import dev.myelin.transport.Transport;
import dev.myelin.wire.Endpoint;
import dev.myelin.wire.Frame;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Connections to the endpoints that are called, opened at first use and shared by all callers.
/// Thread-safe.
final class Channels {

  private static final Duration SHUN = Duration.ofMillis(500);

  private final Transport transport;
  private final Supplier<Frame.Hello> hello;
  private final ClientSettings settings;
  private final Map<Endpoint, Slots> endpoints = new ConcurrentHashMap<>();
  private final Set<CallChannel> open = ConcurrentHashMap.newKeySet();

  Channels(
      Transport transport, Supplier<Frame.Hello> hello, ClientSettings settings, Sweeper sweeper) {
    this.transport = transport;
    this.hello = hello;
    this.settings = settings;
    // the channels live as long as the process, and so does the sweep
    var _ = sweeper.add(() -> open.forEach(CallChannel::sweep));
  }

  /// Whether the endpoint is worth an attempt: not draining, and not refused a moment ago.
  boolean promising(Endpoint endpoint) {
    var slots = endpoints.get(endpoint);
    return slots == null || slots.promising();
  }

  /// A connection that is open already; null if a new one is needed.
  @Nullable CallChannel ready(Endpoint endpoint) {
    var slots = endpoints.get(endpoint);
    return slots == null ? null : slots.ready();
  }

  /// An open connection.
  ///
  /// @throws CallException that the call did not run, if none can be opened
  CallChannel channel(Endpoint endpoint, Deadline deadline) throws InterruptedException {
    return endpoints.computeIfAbsent(endpoint, Slots::new).channel(deadline);
  }

  /// The few connections to one endpoint.
  private final class Slots {

    private final Endpoint endpoint;
    private final ReentrantLock lock = new ReentrantLock();
    private final AtomicInteger next = new AtomicInteger();

    @GuardedBy("lock")
    private final @Nullable CallChannel[] opening =
        new @Nullable CallChannel[settings.connections()];

    private volatile @Nullable CallChannel[] channels = new @Nullable CallChannel[0];
    private volatile @Nullable Deadline shunned;
    private volatile @Nullable String refusal;

    Slots(Endpoint endpoint) {
      this.endpoint = endpoint;
    }

    boolean promising() {
      var until = shunned;
      if (until != null && !until.expired()) {
        return false;
      }
      for (var channel : channels) {
        if (channel != null && channel.draining()) {
          return false;
        }
      }
      return true;
    }

    @Nullable CallChannel ready() {
      var channel = inTurn();
      return channel != null && channel.usable() ? channel : null;
    }

    private @Nullable CallChannel inTurn() {
      var current = channels;
      return current.length == 0
          ? null
          : current[Math.floorMod(next.getAndIncrement(), current.length)];
    }

    CallChannel channel(Deadline deadline) throws InterruptedException {
      var channel = inTurn();
      if (channel != null) {
        if (channel.usable()) {
          return channel;
        }
        if (channel.draining()) {
          throw new CallException(
              Status.DRAINING, Execution.DID_NOT_RUN, endpoint + " is draining");
        }
      }
      return open(Math.floorMod(next.get(), settings.connections()), deadline);
    }

    private CallChannel open(int slot, Deadline deadline) throws InterruptedException {
      if (!lock.tryLock(deadline.remaining().toNanos(), TimeUnit.NANOSECONDS)) {
        throw new CallException(
            Status.DEADLINE_EXCEEDED,
            Execution.DID_NOT_RUN,
            "the deadline passed while a connection to " + endpoint + " was being opened");
      }
      try {
        var present = opening[slot];
        if (present != null && present.usable()) {
          return present;
        }
        var until = shunned;
        if (until != null && !until.expired()) {
          throw unreachable("was refused a moment ago, " + refusal, null);
        }
        return connect(slot, deadline);
      } finally {
        lock.unlock();
      }
    }

    @GuardedBy("lock")
    private CallChannel connect(int slot, Deadline deadline) throws InterruptedException {
      var timeout = settings.connectTimeout();
      if (deadline.remaining().compareTo(timeout) < 0) {
        timeout = deadline.remaining();
      }
      var own = hello.get();
      var self = new CallChannel[1];
      var channel = new CallChannel(own.build(), () -> forget(self[0]));
      self[0] = channel;
      try {
        transport.connect(endpoint, own, channel, timeout);
      } catch (IOException e) {
        // had it been given its time, it might have answered: nothing is known against it
        if (deadline.expired() && timeout.compareTo(settings.connectTimeout()) < 0) {
          throw new CallException(
              Status.DEADLINE_EXCEEDED,
              Execution.DID_NOT_RUN,
              "the deadline passed while a connection was being opened: " + e.getMessage(),
              e);
        }
        refusal = e.getMessage();
        shunned = Deadline.after(SHUN);
        throw unreachable(e.getMessage(), e);
      }
      shunned = null;
      open.add(channel);
      // it may have ended before it was there to be forgotten
      if (channel.closed()) {
        open.remove(channel);
      }
      opening[slot] = channel;
      channels = opening.clone();
      return channel;
    }

    private CallException unreachable(@Nullable String detail, @Nullable Throwable cause) {
      return new CallException(
          Status.UNAVAILABLE, Execution.DID_NOT_RUN, endpoint + ": " + detail, cause);
    }

    private void forget(CallChannel channel) {
      open.remove(channel);
      // a connection may have taken its place
      for (var other : channels) {
        if (other != null && other.usable()) {
          return;
        }
      }
      endpoints.remove(endpoint, this);
    }
  }
}
