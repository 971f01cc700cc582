package dev.myelin.client;

/// How many items a subscriber wants, and how many of them the sender was granted: never more than
/// a window at a time, whatever the subscriber asked for. Used by one thread.
final class Demand {

  private static final int WINDOW = 64;

  private long wanted;
  private int granted;

  /// The subscriber wants more.
  void add(long items) {
    wanted = wanted + items < 0 ? Long.MAX_VALUE : wanted + items;
  }

  /// How many to grant now; none until half of the window is used up, so that grants are few.
  int grant() {
    int most = (int) Math.min(wanted, WINDOW);
    if (granted > most / 2) {
      return 0;
    }
    int more = most - granted;
    granted = most;
    return more;
  }

  /// The subscriber gets an item that was granted.
  void taken() {
    granted--;
    if (wanted < Long.MAX_VALUE) {
      wanted--;
    }
  }

  /// The sender has changed, and the new one was granted nothing yet.
  void forget() {
    granted = 0;
  }
}
