package dev.myelin.topic.broker;

import java.util.Collection;
import java.util.List;
import java.util.TreeSet;

/// Which messages of a topic a group has settled: all up to one, and some above it.
///
/// Not thread-safe.
public final class GroupPosition {

  private final TreeSet<Long> above = new TreeSet<>();
  private long floor;

  /// Creates one.
  ///
  /// @param floor number of a message; all up to it count as settled
  /// @param above numbers of settled messages above it
  public GroupPosition(long floor, Collection<Long> above) {
    this.floor = floor;
    above.forEach(this::settle);
  }

  /// Notes a settled message.
  ///
  /// @param sequence its number
  /// @return whether it had not been settled before
  public boolean settle(long sequence) {
    if (settled(sequence)) {
      return false;
    }
    above.add(sequence);
    while (!above.isEmpty() && above.getFirst() == floor + 1) {
      floor = above.removeFirst();
    }
    return true;
  }

  /// Whether a message is settled.
  ///
  /// @param sequence its number
  public boolean settled(long sequence) {
    return sequence <= floor || above.contains(sequence);
  }

  /// The number up to which all are settled.
  public long floor() {
    return floor;
  }

  /// Numbers of the settled messages above [#floor()], ascending.
  public List<Long> above() {
    return List.copyOf(above);
  }

  /// The same, to be changed on its own.
  public GroupPosition copy() {
    return new GroupPosition(floor, above);
  }
}
