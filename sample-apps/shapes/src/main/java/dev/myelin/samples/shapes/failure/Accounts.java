package dev.myelin.samples.shapes.failure;

import dev.myelin.Microservice;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/// Refuses what it is asked for, in every way that Java has.
///
/// Two accounts whose balances never change, so that an outcome depends on the call alone.
@Microservice
public class Accounts {

  /// Says that an account is closed; nested, and without a message.
  public static final class Closed extends RuntimeException {

    Closed() {}
  }

  private static final Map<String, BigDecimal> BALANCES =
      Map.of("ada", new BigDecimal("100.00"), "bob", BigDecimal.ZERO);

  /// Takes money out of an account.
  ///
  /// @param account name of the account
  /// @param amount how much
  /// @return what would be left
  /// @throws InsufficientFunds if the account holds less
  /// @throws UnknownAccount if there is no such account
  public BigDecimal withdraw(String account, BigDecimal amount) throws InsufficientFunds {
    var balance = BALANCES.get(account);
    if (balance == null) {
      throw new UnknownAccount(account, BALANCES.keySet().stream().sorted().toList());
    }
    if (balance.compareTo(amount) < 0) {
      throw insufficient(account, balance, amount);
    }
    return balance.subtract(amount);
  }

  private static InsufficientFunds insufficient(
      String account, BigDecimal balance, BigDecimal amount) {
    var cause = new ArithmeticException("%s - %s is negative".formatted(balance, amount));
    var failure = new InsufficientFunds(account, amount.subtract(balance), cause);
    failure.addSuppressed(new IllegalStateException("no overdraft for '" + account + "'"));
    failure.addSuppressed(new DateTimeException("no salary before the end of the month"));
    return failure;
  }

  /// Takes money out of an account, and tells later.
  ///
  /// @param account name of the account
  /// @param amount how much
  /// @return what would be left, or how it failed
  public CompletableFuture<BigDecimal> withdrawLater(String account, BigDecimal amount) {
    try {
      return CompletableFuture.completedFuture(withdraw(account, amount));
    } catch (InsufficientFunds failure) {
      return CompletableFuture.failedFuture(failure);
    }
  }

  /// Reads an amount of money.
  ///
  /// @param cents the amount
  /// @return the same as a number
  /// @throws IllegalArgumentException if it is none, for a reason of the JDK's
  public BigDecimal parse(String cents) {
    try {
      return BigDecimal.valueOf(Long.parseLong(cents), 2);
    } catch (NumberFormatException failure) {
      throw new IllegalArgumentException("not an amount: '" + cents + "'", failure);
    }
  }

  /// Looks into the books of a year, which are lost.
  ///
  /// @param year which
  /// @return nothing, ever
  /// @throws IOException always, three causes deep
  public List<String> books(int year) throws IOException {
    var water = new IllegalStateException("the cellar was flooded");
    var paper = new IOException("paper of %d is unreadable".formatted(year), water);
    throw new IOException("no books of %d".formatted(year), paper);
  }

  /// Closes an account, which is closed already.
  ///
  /// @param account which, or none
  /// @throws Closed always
  public void close(@Nullable String account) {
    throw new Closed();
  }

  /// Checks the sum of all balances.
  ///
  /// @param expected what it should be
  /// @throws AssertionError if it is not
  public void audit(BigDecimal expected) {
    var sum = BALANCES.values().stream().reduce(BigDecimal.ZERO, BigDecimal::add);
    if (sum.compareTo(expected) != 0) {
      throw new AssertionError("balances add up to %s, not %s".formatted(sum, expected));
    }
  }
}
