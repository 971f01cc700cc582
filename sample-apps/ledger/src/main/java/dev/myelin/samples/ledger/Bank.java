package dev.myelin.samples.ledger;

import dev.myelin.Microservice;
import dev.myelin.object.ObjectExistsException;
import dev.myelin.object.ObjectSpace;
import dev.myelin.samples.ledger.Transfer.Order;
import dev.myelin.samples.ledger.Transfer.State;

/// Leads transfers from one account to the other. Keeps nothing itself, so that any instance may go
/// on where another was killed, and several may lead the same transfer at a time.
// snippet: bank
@Microservice(idempotent = true)
class Bank {

  private final ObjectSpace objects;

  Bank(ObjectSpace objects) {
    this.objects = objects;
  }

  // end snippet

  /// Moves money. Ordering the same again is the same transfer.
  ///
  /// @param order what is to move
  /// @return how it ended
  // snippet: bank
  public State transfer(Order order) {
    var to = order.to().statement(); // there must be such an account before anything moves
    var transfer = objects.get(Transfer.class, order.id());
    try {
      objects.create(new Transfer(order));
    } catch (ObjectExistsException e) {
      if (!transfer.order().equals(order)) {
        throw new IllegalArgumentException(
            "Transfer '%s' is another one already: %s".formatted(order.id(), to.number()), e);
      }
    }
    return resume(transfer);
  }

  // end snippet

  /// Leads a transfer to its end, from wherever it is.
  ///
  /// @param transfer what is to be ended
  /// @return how it ended
  // snippet: bank
  public State resume(Transfer transfer) {
    var order = transfer.order();
    if (transfer.state() == State.OPEN) {
      if (order.from().debit(transfer)) {
        transfer.debited();
      } else {
        transfer.refuse();
      }
    }
    if (transfer.state() == State.DEBITED) {
      order.to().credit(transfer);
      transfer.done();
    }
    // the account that the money has left remembers it to the last
    order.to().settle(transfer);
    order.from().settle(transfer);
    return transfer.state();
  }
  // end snippet
}
