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

  private final Duration shun;
  private final Transport transport;
  private final Supplier<Frame.Hello> hello;
  private final ClientSettings settings;
  private final Map<Endpoint, Slots> endpoints = new ConcurrentHashMap<>();
  private final Set<CallChannel> open = ConcurrentHashMap.newKeySet();
  private final Sweeper.Watch deadlines;

  Channels(
      Transport transport, Supplier<Frame.Hello> hello, ClientSettings settings, Sweeper sweeper) {
    this(transport, hello, settings, sweeper, SHUN);
  }

  /// Creates it.
  ///
  /// @param shun how long an endpoint that refused is no choice
  Channels(
      Transport transport,
      Supplier<Frame.Hello> hello,
      ClientSettings settings,
      Sweeper sweeper,
      Duration shun) {
    this.shun = shun;
    this.transport = transport;
    this.hello = hello;
    this.settings = settings;
    // the channels live as long as the process, and so does the watch
    this.deadlines = sweeper.watch(this::sweep);
  }

  private @Nullable Deadline sweep() {
    Deadline earliest = null;
    for (var channel : open) {
      earliest = Sweeper.earlier(earliest, channel.sweep());
    }
    return earliest;
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
  /// @param choice whether there may be another endpoint; where there is none, one that was refused
  ///   a moment ago is tried all the same
  /// @throws CallException that the call did not run, if none can be opened
  CallChannel channel(Endpoint endpoint, Deadline deadline, boolean choice)
      throws InterruptedException {
    while (true) {
      var channel = endpoints.computeIfAbsent(endpoint, Slots::new).channel(deadline, choice);
      if (channel != null) {
        return channel;
      }
    }
  }

  /// The few connections to one endpoint.
  ///
  /// They are gone, for good, once the last of them has ended: whoever came to them before that
  /// looks for their successors.
  private final class Slots {

    private final Endpoint endpoint;
    private final ReentrantLock lock = new ReentrantLock();
    private final AtomicInteger next = new AtomicInteger();

    @GuardedBy("lock")
    private final @Nullable CallChannel[] opening =
        new @Nullable CallChannel[settings.connections()];

    @GuardedBy("lock")
    private boolean gone;

    private volatile @Nullable CallChannel[] channels = new @Nullable CallChannel[0];
    private volatile @Nullable Deadline shunned;
    private volatile @Nullable Exception failure;

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
      var channel = in(turn());
      return channel != null && channel.usable() ? channel : null;
    }

    private int turn() {
      return Math.floorMod(next.getAndIncrement(), settings.connections());
    }

    private @Nullable CallChannel in(int slot) {
      var current = channels;
      return current.length == 0 ? null : current[slot];
    }

    /// Null once they are gone.
    @Nullable CallChannel channel(Deadline deadline, boolean choice) throws InterruptedException {
      int slot = turn();
      var channel = in(slot);
      if (channel != null) {
        if (channel.usable()) {
          return channel;
        }
        if (channel.draining()) {
          throw new CallException(
              Status.DRAINING, Execution.DID_NOT_RUN, endpoint + " is draining");
        }
      }
      return open(slot, deadline, choice);
    }

    private @Nullable CallChannel open(int slot, Deadline deadline, boolean choice)
        throws InterruptedException {
      var known = failure;
      if (!lock.tryLock(deadline.remaining().toNanos(), TimeUnit.NANOSECONDS)) {
        throw new CallException(
            Status.DEADLINE_EXCEEDED,
            Execution.DID_NOT_RUN,
            "the deadline passed while a connection to " + endpoint + " was being opened");
      }
      try {
        return gone ? null : held(slot, deadline, choice, known);
      } finally {
        lock.unlock();
      }
    }

    @GuardedBy("lock")
    private CallChannel held(int slot, Deadline deadline, boolean choice, @Nullable Exception known)
        throws InterruptedException {
      try {
        var present = opening[slot];
        if (present != null && present.usable()) {
          return present;
        }
        var latest = failure;
        if (latest != null && !latest.equals(known)) {
          // what another call has found while this one waited is an attempt of this one too
          throw unreachable(latest.getMessage(), latest);
        }
        var until = shunned;
        if (choice && until != null && !until.expired()) {
          throw unreachable(
              "was refused a moment ago, " + (latest == null ? "" : latest.getMessage()), latest);
        }
        return connect(slot, deadline, choice);
      } finally {
        tidy();
      }
    }

    // One that ended while the lock was held elsewhere is left to whoever held it
    @GuardedBy("lock")
    private void tidy() {
      boolean ended = false;
      boolean left = false;
      for (int slot = 0; slot < opening.length; slot++) {
        var channel = opening[slot];
        if (channel != null && channel.closed()) {
          opening[slot] = null;
          ended = true;
        } else {
          left |= channel != null;
        }
      }
      if (ended) {
        channels = opening.clone();
        if (!left) {
          gone = true;
          endpoints.remove(endpoint, this);
        }
      }
    }

    @GuardedBy("lock")
    private CallChannel connect(int slot, Deadline deadline, boolean choice)
        throws InterruptedException {
      var patience = patience(deadline.remaining(), choice);
      var own = hello.get();
      var self = new CallChannel[1];
      var channel = new CallChannel(own.build(), deadlines, () -> forget(self[0]));
      self[0] = channel;
      try {
        transport.connect(endpoint, own, channel, patience);
      } catch (IOException e) {
        // had it been given its time, it might have answered: nothing is known against it
        if (deadline.expired() && !patience.whole().equals(settings.connectTimeout())) {
          throw new CallException(
              Status.DEADLINE_EXCEEDED,
              Execution.DID_NOT_RUN,
              "the deadline passed while a connection was being opened: " + e.getMessage(),
              e);
        }
        shunned = Deadline.after(shun);
        failure = e;
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

    // With nowhere else to go, whoever is connected keeps its place: one that gave up would only
    // come again behind all others, and have the peer answer those that are gone
    private Transport.Patience patience(Duration left, boolean choice) {
      var timeout = settings.connectTimeout();
      var connecting = left.compareTo(timeout) < 0 ? left : timeout;
      return new Transport.Patience(connecting, choice ? connecting : left);
    }

    private CallException unreachable(@Nullable String detail, @Nullable Throwable cause) {
      return new CallException(
          Status.UNAVAILABLE, Execution.DID_NOT_RUN, endpoint + ": " + detail, cause);
    }

    // Called by threads that must not wait
    private void forget(CallChannel channel) {
      open.remove(channel);
      if (!lock.isHeldByCurrentThread() && lock.tryLock()) {
        try {
          tidy();
        } finally {
          lock.unlock();
        }
      }
    }
  }
}
