package dev.myelin.benchmarks.objects;

import dev.myelin.MicroserviceObject;
import dev.myelin.ObjectId;
import dev.myelin.ReadOnly;
import java.util.LinkedHashMap;
import java.util.Map;

/// An object with money in it, from which it moves in two steps that may be repeated: a sender
/// counts what it has sent to each receiver, a receiver takes what is new in that count.
///
/// So whatever is repeated, late or done by several at a time, a cent that has left one purse
/// enters the other once.
@MicroserviceObject(value = "purse", timeout = "5s")
class Purse {

  @ObjectId private final int id;
  private long cents;
  private final Map<Integer, Long> sent = new LinkedHashMap<>();
  private final Map<Integer, Long> taken = new LinkedHashMap<>();

  Purse(int id, long cents) {
    this.id = id;
    this.cents = cents;
  }

  public int id() {
    return id;
  }

  @ReadOnly
  public long cents() {
    return cents;
  }

  /// Sends at most so much to another purse.
  ///
  /// @return how much it has sent there altogether
  public long send(int receiver, long amount) {
    long moved = Math.min(amount, cents);
    cents -= moved;
    return sent.merge(receiver, moved, Long::sum);
  }

  /// How much it has sent to another purse altogether.
  @ReadOnly
  public long sentTo(int receiver) {
    return sent.getOrDefault(receiver, 0L);
  }

  /// Takes what another purse has sent and that was not taken yet.
  public void take(Purse sender) {
    int from = sender.id();
    long total = sender.sentTo(id);
    long before = taken.getOrDefault(from, 0L);
    if (total > before) {
      taken.put(from, total);
      cents += total - before;
    }
  }
}
