package dev.myelin.storage.memcached;

import dev.myelin.wire.Endpoint;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Carries values to nodes that lack them: to one that is new, from where its keys were before, and
/// to one that was restarted, from its keys' other nodes. What Astaire does with memcached's TAP,
/// which memcached has no more; this lists the keys with the crawler's dump.
///
/// At most so many items a second, so that nobody's reads suffer; what has not been carried yet is
/// still read where it was. One client of the cluster does it. What has moved is removed where it
/// was, so that it is not taken for new when the ring changes back. Counters stay: they begin anew.
final class Warmer implements AutoCloseable {

  /// Keys of a node above which the rest is left to be read where it was.
  private static final int MOST_KEYS = 500_000;

  /// How long one client keeps the others from doing the same.
  private static final int TURN_SECONDS = 30;

  private static final long SECOND = Duration.ofSeconds(1).toNanos();
  private static final Logger log = LoggerFactory.getLogger(Warmer.class);

  private final MemcachedSettings settings;
  private final NodeValues values;
  private final ReentrantLock turn = new ReentrantLock();
  private volatile boolean closed;

  Warmer(MemcachedSettings settings, NodeValues values) {
    this.settings = settings;
    this.values = values;
  }

  /// Carries what lacks. Blocks until that is done, or another client does it.
  ///
  /// @param view the cluster
  /// @param emptied nodes that have lost what they held
  void warm(View view, Set<Endpoint> emptied) {
    if (settings.warming().rate() == 0) {
      return;
    }
    turn.lock();
    try {
      var occasion = Long.toHexString(Ring.place(view.history().current().nodes() + " " + emptied));
      long carried = 0;
      for (var node : view.nodes().values()) {
        if (node.available() && !emptied.contains(node.endpoint()) && mine(node, occasion)) {
          carried += carry(view, node, emptied);
        }
      }
      log.info("memcached nodes are warm carried={}", carried);
    } finally {
      turn.unlock();
    }
  }

  private boolean mine(MemcachedNode node, String occasion) {
    try {
      return node.add(settings.prefix() + "!warming-" + occasion, TURN_SECONDS, new byte[] {1});
    } catch (NodeFailure e) {
      log.debug("a node is not there to warm others node={}", node.endpoint(), e);
      return false;
    }
  }

  private long carry(View view, MemcachedNode from, Set<Endpoint> emptied) {
    var keys = new ArrayList<String>();
    try (var connection = new PlainConnection(from.endpoint(), Duration.ofSeconds(10))) {
      connection.keys(listed -> {
        if (keys.size() < MOST_KEYS && listed.text().startsWith(settings.prefix())) {
          keys.add(listed.text());
        }
      });
    } catch (IOException e) {
      log.warn("the keys of a memcached cannot be listed node={}", from.endpoint(), e);
    }
    long carried = 0;
    long due = System.nanoTime();
    for (var key : keys) {
      if (closed) {
        break;
      }
      int copies = carry(view, from, key, emptied);
      carried += copies;
      due = Math.max(due, System.nanoTime() - SECOND) + copies * SECOND / settings.warming().rate();
      LockSupport.parkNanos(due - System.nanoTime());
    }
    return carried;
  }

  private int carry(View view, MemcachedNode from, String key, Set<Endpoint> emptied) {
    long place = StoredKey.place(key);
    var owners = view.owners(place);
    boolean owner = owners.contains(from);
    var former = view.formerOwners(place);
    try {
      int copies = 0;
      for (var each : owner || former.contains(from) ? owners : List.<MemcachedNode>of()) {
        if (lacks(view, each, place, emptied) && values.copy(view, from, each, key)) {
          copies++;
        }
      }
      if (!owner && owners.stream().allMatch(MemcachedNode::available)) {
        from.delete(key);
      }
      return copies;
    } catch (NodeFailure e) {
      log.debug("a value was not carried key={}", key, e);
      return 0;
    }
  }

  private static boolean lacks(View view, MemcachedNode owner, long place, Set<Endpoint> emptied) {
    if (!owner.available()) {
      return false;
    }
    var former = view.bridged() ? view.history().former() : null;
    return emptied.contains(owner.endpoint())
        || (former != null && !former.owners(place, view.replicas()).contains(owner.endpoint()));
  }

  @Override
  public void close() {
    closed = true;
  }
}
