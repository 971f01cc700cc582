package dev.myelin.storage.memcached;

import java.time.Duration;
import java.util.regex.Pattern;

/// How a cluster of memcacheds is used.
///
/// @param prefix what every key begins with, so that several applications can share a cluster:
///   letters, digits, `.`, `-`, `_` and `:`, at most 40
/// @param replicas on how many nodes a key is kept, 1 to 3
/// @param timeout how long one node is waited for; an operation takes at most this for each of the
///   key's nodes
/// @param sizes how large items and values may be
/// @param warming how a change of the nodes is bridged
public record MemcachedSettings(
    String prefix, int replicas, Duration timeout, Sizes sizes, Warming warming) {

  /// Most nodes for one key.
  public static final int MOST_REPLICAS = 3;

  private static final Pattern PREFIX = Pattern.compile("[A-Za-z0-9.:_-]{0,40}");

  /// Checks all of it.
  public MemcachedSettings {
    require(
        PREFIX.matcher(prefix).matches(),
        "prefix '" + prefix + "'",
        "at most 40 of A-Z a-z 0-9 . : _ -");
    require(replicas >= 1 && replicas <= MOST_REPLICAS, "replicas " + replicas, "1 to 3");
    require(timeout.isPositive(), "timeout " + timeout, "more than 0");
  }

  /// How large things may be.
  ///
  /// @param item the servers' own limit (`memcached -I`), at least 1,024; a larger value is split
  /// @param value size above which a value is refused, at least 1
  public record Sizes(int item, int value) {

    private static final int LEAST_ITEM = 1_024;

    /// Checks both.
    public Sizes {
      require(item >= LEAST_ITEM, "item limit " + item, "at least " + LEAST_ITEM);
      require(value >= 1, "value limit " + value, "at least 1");
    }
  }

  /// How a change of the nodes is bridged.
  ///
  /// @param window how long a key is also looked for where it was before; 0 for not at all
  /// @param rate items a second that are carried to nodes that lack them; 0 for none
  /// @param refresh how often the list of nodes is asked for
  public record Warming(Duration window, int rate, Duration refresh) {

    /// Checks all of it.
    public Warming {
      require(!window.isNegative(), "warming window " + window, "0 or more");
      require(rate >= 0, "warming rate " + rate, "0 or more");
      require(refresh.isPositive(), "refresh " + refresh, "more than 0");
    }
  }

  private static void require(boolean good, String found, String expected) {
    if (!good) {
      throw new IllegalArgumentException("%s: expected %s".formatted(found, expected));
    }
  }
}
