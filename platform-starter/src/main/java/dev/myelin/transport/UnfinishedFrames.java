package dev.myelin.transport;

import java.util.Comparator;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/// Bounds the bytes of frames that have not come whole, of all connections together. Thread-safe.
///
/// Each connection may keep as much as one frame, and many of them could keep more than the process
/// has. When all hold more than the limit, the one whose frame has taken longest goes: a frame that
/// is sent in earnest is whole within moments.
final class UnfinishedFrames {

  private final long max;
  private final LongSupplier nanos;
  private final AtomicLong total = new AtomicLong();
  private final Set<Share> shares = ConcurrentHashMap.newKeySet();

  /// Creates one.
  ///
  /// @param max most bytes
  /// @param nanos the time
  UnfinishedFrames(long max, LongSupplier nanos) {
    this.max = max;
    this.nanos = nanos;
  }

  /// Bytes held by all.
  long total() {
    return total.get();
  }

  /// A connection's part.
  ///
  /// @param evict ends the connection; called on any thread
  Share open(Runnable evict) {
    var share = new Share(evict);
    shares.add(share);
    return share;
  }

  private void makeRoom() {
    while (total.get() > max) {
      long now = nanos.getAsLong();
      var slowest =
          shares.stream()
              .filter(share -> share.bytes > 0)
              .max(Comparator.comparingLong(share -> now - share.since));
      if (slowest.isEmpty()) {
        return;
      }
      var share = slowest.get();
      share.close();
      share.evict.run();
    }
  }

  /// What one connection holds; used by its event loop, and closed by any.
  final class Share {

    private final Runnable evict;
    private volatile int bytes;
    private volatile long since;
    private boolean closed;

    private Share(Runnable evict) {
      this.evict = evict;
    }

    /// Tells what the connection holds now.
    ///
    /// @param now bytes
    /// @param begun whether they belong to another frame than those before
    void hold(int now, boolean begun) {
      int before = bytes;
      if (begun || before == 0) {
        since = nanos.getAsLong();
      }
      if (now != before && add(now) > max) {
        makeRoom();
      }
    }

    private synchronized long add(int now) {
      if (closed) {
        return 0;
      }
      long sum = total.addAndGet((long) now - bytes);
      bytes = now;
      return sum;
    }

    /// The connection holds nothing any more.
    synchronized void close() {
      if (!closed) {
        closed = true;
        total.addAndGet(-bytes);
        bytes = 0;
        shares.remove(this);
      }
    }
  }
}
