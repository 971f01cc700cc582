package dev.myelin.samples.ledger;

import dev.myelin.MicroserviceObject;
import dev.myelin.ObjectId;
import dev.myelin.ReadOnly;
import dev.myelin.samples.ledger.Transfer.State;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Somebody's money, in cents.
///
/// Each step of a transfer may come several times and late. While a transfer is under way the
/// account remembers what it did for it; before and after, it asks the transfer itself whether the
/// step is still wanted. A step that was asked for too late finds the transfer ended, or the
/// account changed since it was loaded, and then it runs again and finds the transfer ended.
// snippet: object
@MicroserviceObject(external = true, idempotent = true)
class Account {

  @ObjectId private final String number;
  private final String owner;
  private long balance;

  // end snippet
  private final Map<String, Step> steps = new LinkedHashMap<>();

  /// What was done for a transfer that has not ended.
  ///
  /// @param transfer the transfer
  /// @param cents added to the balance
  record Step(Transfer transfer, long cents) {}

  /// What the account looks like.
  ///
  /// @param number its number
  /// @param owner whose it is
  /// @param balance cents in it
  /// @param underWay cents that have left it for transfers that have not ended
  record Statement(String number, String owner, long balance, long underWay) {}

  /// Opens one.
  ///
  /// @param number its number
  /// @param owner whose it is
  /// @param balance cents that are paid in
  Account(String number, String owner, long balance) {
    if (balance < 0) {
      throw new IllegalArgumentException("An account is opened with at least 0 cents.");
    }
    this.number = number;
    this.owner = owner;
    this.balance = balance;
  }

  /// What it looks like.
  // snippet: object
  @ReadOnly
  public Statement statement() {
    return new Statement(number, owner, balance, underWay());
  }

  // end snippet

  private long underWay() {
    return steps.values().stream().mapToLong(step -> Math.max(0, -step.cents())).sum();
  }

  /// The transfers for which money has left it and that have not ended.
  @ReadOnly
  public List<Transfer> leaving() {
    return steps.values().stream().filter(step -> step.cents() < 0).map(Step::transfer).toList();
  }

  /// Takes the money of a transfer out, unless it is out or the transfer has got further.
  ///
  /// @param transfer what it is for
  /// @return false if there is not enough
  // snippet: object
  public boolean debit(Transfer transfer) {
    var order = transfer.order();
    if (steps.containsKey(order.id()) || transfer.state() != State.OPEN) {
      return true;
    }
    if (balance < order.cents()) {
      return false;
    }
    balance -= order.cents();
    steps.put(order.id(), new Step(transfer, -order.cents()));
    return true;
  }

  // end snippet

  /// Puts the money of a transfer in, unless it is in.
  ///
  /// @param transfer what it comes from
  public void credit(Transfer transfer) {
    var order = transfer.order();
    if (!steps.containsKey(order.id()) && transfer.state() == State.DEBITED) {
      balance += order.cents();
      steps.put(order.id(), new Step(transfer, order.cents()));
    }
  }

  /// Forgets a transfer that has ended; takes back what has left for it in vain.
  ///
  /// @param transfer what has ended
  public void settle(Transfer transfer) {
    var step = steps.get(transfer.order().id());
    var state = transfer.state();
    if (step == null || !state.ended()) {
      return;
    }
    if (state == State.REFUSED) {
      balance -= step.cents();
    }
    steps.remove(transfer.order().id());
  }
}
