package dev.myelin.samples.shapes.failure;

import java.math.BigDecimal;

/// Says that an account does not hold what is asked of it.
///
/// The application's own checked exception, with fields and without a constructor that takes a
/// message.
public class InsufficientFunds extends Exception {

  private final String account;
  private final BigDecimal missing;

  InsufficientFunds(String account, BigDecimal missing, Throwable cause) {
    super("account '%s' lacks %s".formatted(account, missing), cause);
    this.account = account;
    this.missing = missing;
  }

  /// The account.
  public String account() {
    return account;
  }

  /// How much more it would have to hold.
  public BigDecimal missing() {
    return missing;
  }
}
