package dev.myelin.samples.shapes.failure;

import java.util.List;

/// Says that there is no such account.
///
/// The application's own unchecked exception, whose message is made from its fields when asked for.
public final class UnknownAccount extends RuntimeException {

  private final String account;
  private final List<String> known;

  UnknownAccount(String account, List<String> known) {
    this.account = account;
    this.known = List.copyOf(known);
  }

  @Override
  public String getMessage() {
    return "no account '%s' among %s".formatted(account, known);
  }
}
