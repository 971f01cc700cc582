package dev.myelin.samples.ledger;

import dev.myelin.MicroserviceObject;
import dev.myelin.ObjectId;
import dev.myelin.ReadOnly;

/// Money on its way from one account to another: how far it has got.
@MicroserviceObject(external = true, idempotent = true)
class Transfer {

  @ObjectId private final String id;
  private final Account from;
  private final Account to;
  private final long cents;
  private State state = State.OPEN;

  /// How far a transfer has got.
  enum State {
    /// Nothing has moved, as far as is known.
    OPEN,
    /// The money has left the one account.
    DEBITED,
    /// It is in the other.
    DONE,
    /// There was not enough; whatever has left comes back.
    REFUSED;

    /// Whether nothing more is to come.
    boolean ended() {
      return this == DONE || this == REFUSED;
    }
  }

  /// What never changes of a transfer.
  ///
  /// @param id its id
  /// @param from the account that the money leaves
  /// @param to where it goes
  /// @param cents how much
  record Order(String id, Account from, Account to, long cents) {}

  /// Orders one.
  ///
  /// @param order what is to move
  Transfer(Order order) {
    if (order.cents() <= 0) {
      throw new IllegalArgumentException("A transfer moves at least 1 cent.");
    }
    if (order.from().equals(order.to())) {
      throw new IllegalArgumentException("A transfer goes to another account.");
    }
    this.id = order.id();
    this.from = order.from();
    this.to = order.to();
    this.cents = order.cents();
  }

  /// What is to move.
  @ReadOnly
  public Order order() {
    return new Order(id, from, to, cents);
  }

  /// How far it has got.
  @ReadOnly
  public State state() {
    return state;
  }

  /// Notes that the money has left, unless it was refused.
  ///
  /// @return how far it has got
  public State debited() {
    return advance(State.OPEN, State.DEBITED);
  }

  /// Notes that the money is there.
  ///
  /// @return how far it has got
  public State done() {
    return advance(State.DEBITED, State.DONE);
  }

  /// Refuses it, unless the money has left.
  ///
  /// @return how far it has got
  public State refuse() {
    return advance(State.OPEN, State.REFUSED);
  }

  private State advance(State before, State after) {
    if (state == before) {
      state = after;
    }
    return state;
  }
}
