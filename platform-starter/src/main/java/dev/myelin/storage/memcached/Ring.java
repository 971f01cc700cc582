package dev.myelin.storage.memcached;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.myelin.wire.Endpoint;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/// Which nodes a key is on: a ketama ring, as Last.fm published it and libmemcached has it.
///
/// Each node has 160 points on a circle of 32 bits, from 40 MD5 digests of `host:port-i`; a key
/// belongs to the node of the first point at or after its own hash, and its replicas to the next
/// other nodes. So a node that comes takes about its share of the keys from all the others, and no
/// other key moves. XMemcached's own ring names one session for a key and nothing after it, which
/// leaves no place for replicas. Immutable.
final class Ring {

  private static final int DIGESTS = 40;
  private static final int POINTS_IN_DIGEST = 4;

  private final List<Endpoint> nodes;
  private final long[] points;
  private final int[] owners;

  Ring(Collection<Endpoint> members) {
    this.nodes =
        members.stream().distinct().sorted(Comparator.comparing(Endpoint::toString)).toList();
    record Point(long place, int owner) {}
    var all = new ArrayList<Point>();
    for (int node = 0; node < nodes.size(); node++) {
      for (int i = 0; i < DIGESTS; i++) {
        var digest = md5(nodes.get(node) + "-" + i);
        for (int part = 0; part < POINTS_IN_DIGEST; part++) {
          all.add(new Point(word(digest, part), node));
        }
      }
    }
    all.sort(Comparator.comparingLong(Point::place).thenComparingInt(Point::owner));
    this.points = all.stream().mapToLong(Point::place).toArray();
    this.owners = all.stream().mapToInt(Point::owner).toArray();
  }

  /// The nodes, in order of their names.
  List<Endpoint> nodes() {
    return nodes;
  }

  /// Where a key is on the circle.
  static long place(String key) {
    return word(md5(key), 0);
  }

  /// The nodes of a key, the first one first.
  ///
  /// @param place where the key is
  /// @param count how many; fewer if there are not as many
  List<Endpoint> owners(long place, int count) {
    if (nodes.isEmpty()) {
      return List.of();
    }
    int found = Arrays.binarySearch(points, place);
    int at = found >= 0 ? first(found) : -found - 1;
    if (count == 1) {
      return List.of(nodes.get(owners[at % owners.length]));
    }
    int wanted = Math.min(count, nodes.size());
    var chosen = new ArrayList<Endpoint>(wanted);
    for (int step = 0; chosen.size() < wanted; step++) {
      var node = nodes.get(owners[(at + step) % owners.length]);
      if (!chosen.contains(node)) {
        chosen.add(node);
      }
    }
    return chosen;
  }

  private int first(int found) {
    int at = found;
    while (at > 0 && points[at - 1] == points[found]) {
      at--;
    }
    return at;
  }

  private static long word(byte[] digest, int part) {
    int from = part * 4;
    return ((digest[from + 3] & 0xFFL) << 24)
        | ((digest[from + 2] & 0xFFL) << 16)
        | ((digest[from + 1] & 0xFFL) << 8)
        | (digest[from] & 0xFFL);
  }

  private static byte[] md5(String text) {
    try {
      return MessageDigest.getInstance("MD5").digest(text.getBytes(UTF_8));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java platform has MD5", e);
    }
  }
}
