package dev.myelin.samples.ledger;

import dev.myelin.object.NoSuchObjectException;
import dev.myelin.object.ObjectExistsException;
import dev.myelin.object.ObjectSpace;
import dev.myelin.samples.ledger.Account.Statement;
import dev.myelin.samples.ledger.Transfer.Order;
import dev.myelin.samples.ledger.Transfer.State;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/// What the page asks.
@RestController
final class LedgerController {

  private static final int PAGE = 100;

  private final ObjectSpace objects;
  private final Bank bank;

  LedgerController(ObjectSpace objects, Bank bank) {
    this.objects = objects;
    this.bank = bank;
  }

  /// An account to open.
  ///
  /// @param number its number
  /// @param owner whose it is
  /// @param balance cents that are paid in
  record NewAccount(
      @NotBlank @Size(max = 40) String number,
      @NotBlank @Size(max = 100) String owner,
      @Min(0) long balance) {}

  /// A transfer to make.
  ///
  /// @param from number of the account that the money leaves
  /// @param to number of the other
  /// @param cents how much
  record NewTransfer(@NotBlank String from, @NotBlank String to, @Min(1) long cents) {}

  /// All accounts.
  ///
  /// @param accounts each of them
  /// @param sum cents in them and under way between them
  record Ledger(List<Statement> accounts, long sum) {}

  /// How a transfer ended.
  ///
  /// @param id its id
  /// @param state how
  record Ended(String id, State state) {}

  @GetMapping("/accounts")
  Ledger accounts() {
    var accounts = new ArrayList<Statement>();
    @Nullable String next = null;
    do {
      var page = objects.list(Account.class, next, PAGE);
      page.objects().forEach(account -> accounts.add(account.statement()));
      next = page.next();
    } while (next != null);
    return new Ledger(
        accounts, accounts.stream().mapToLong(each -> each.balance() + each.underWay()).sum());
  }

  // snippet: create
  @PostMapping("/accounts")
  @ResponseStatus(HttpStatus.CREATED)
  Statement open(@Valid @RequestBody NewAccount account) {
    return objects
        .create(new Account(account.number(), account.owner(), account.balance()))
        .statement();
  }

  // end snippet

  @PutMapping("/transfers/{id}")
  Ended transfer(@PathVariable String id, @Valid @RequestBody NewTransfer transfer) {
    var order =
        new Order(
            id,
            objects.get(Account.class, transfer.from()),
            objects.get(Account.class, transfer.to()),
            transfer.cents());
    return new Ended(id, bank.transfer(order));
  }

  @ExceptionHandler
  ProblemDetail absent(NoSuchObjectException e) {
    return ProblemDetail.forStatusAndDetail(HttpStatus.NOT_FOUND, String.valueOf(e.getMessage()));
  }

  @ExceptionHandler
  ProblemDetail taken(ObjectExistsException e) {
    return ProblemDetail.forStatusAndDetail(HttpStatus.CONFLICT, String.valueOf(e.getMessage()));
  }

  @ExceptionHandler
  ProblemDetail wrong(IllegalArgumentException e) {
    return ProblemDetail.forStatusAndDetail(HttpStatus.BAD_REQUEST, String.valueOf(e.getMessage()));
  }
}
