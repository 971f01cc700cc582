package dev.myelin.samples.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.myelin.callpath.Sides;
import dev.myelin.object.NoSuchObjectException;
import dev.myelin.object.ObjectSpace;
import dev.myelin.samples.ledger.Transfer.Order;
import dev.myelin.samples.ledger.Transfer.State;
import dev.myelin.storage.ObjectLimits;
import dev.myelin.storage.ObjectStore;
import dev.myelin.storage.memory.InMemoryObjectStore;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/// Money moves, in one process and across two, and none is lost.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class LedgerTests {

  private static final int CLIENTS = 8;
  private static final int TRANSFERS = 20;
  private static final int ACCOUNTS = 4;

  private List<Sides> modes = List.of();

  @Configuration(proxyBeanMethods = false)
  @org.springframework.boot.autoconfigure.ImportAutoConfiguration(
      dev.myelin.autoconfigure.MyelinAutoConfiguration.class)
  @Import({Account.class, Transfer.class, Bank.class, Recovery.class})
  static class Application {

    @Bean
    ObjectStore store() {
      return new InMemoryObjectStore(ObjectLimits.DEFAULT);
    }
  }

  @BeforeAll
  void start() throws IOException {
    modes = List.of(Sides.inProcess(Application.class), Sides.remote(Application.class));
  }

  @AfterAll
  void stop() {
    modes.forEach(Sides::close);
  }

  List<Sides> modes() {
    return modes;
  }

  private static Account account(Sides sides, String number, long balance) {
    return sides.caller().getBean(ObjectSpace.class).create(new Account(number, "Ada", balance));
  }

  private static Bank bank(Sides sides) {
    return sides.caller().getBean(Bank.class);
  }

  private static long balance(Account account) {
    return account.statement().balance();
  }

  @ParameterizedTest(autoCloseArguments = false)
  @MethodSource("modes")
  void transferWhenThereIsEnoughMovesTheMoneyOnce(Sides sides) {
    var from = account(sides, "1a", 100);
    var to = account(sides, "1b", 0);
    var order = new Order("1", from, to, 30);

    assertThat(bank(sides).transfer(order)).isEqualTo(State.DONE);
    assertThat(bank(sides).transfer(order)).isEqualTo(State.DONE);

    assertThat(balance(from)).isEqualTo(70);
    assertThat(balance(to)).isEqualTo(30);
    assertThat(from.leaving()).isEmpty();
  }

  @ParameterizedTest(autoCloseArguments = false)
  @MethodSource("modes")
  void transferWhenThereIsNotEnoughIsRefused(Sides sides) {
    var from = account(sides, "2a", 10);
    var to = account(sides, "2b", 0);

    assertThat(bank(sides).transfer(new Order("2", from, to, 30))).isEqualTo(State.REFUSED);

    assertThat(balance(from)).isEqualTo(10);
    assertThat(balance(to)).isZero();
  }

  @ParameterizedTest(autoCloseArguments = false)
  @MethodSource("modes")
  void transferWhenItCannotBeIsSaidSo(Sides sides) {
    var from = account(sides, "3a", 10);
    var nowhere = sides.caller().getBean(ObjectSpace.class).get(Account.class, "nowhere");

    assertThatThrownBy(() -> bank(sides).transfer(new Order("3", from, nowhere, 1)))
        .isInstanceOf(NoSuchObjectException.class);
    assertThatThrownBy(() -> bank(sides).transfer(new Order("3", from, from, 1)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("another account");
    bank(sides).transfer(new Order("3", from, account(sides, "3b", 0), 1));
    assertThatThrownBy(() -> bank(sides).transfer(new Order("3", from, account(sides, "3c", 0), 1)))
        .hasMessageContaining("another one already");

    assertThat(balance(from)).isEqualTo(9);
  }

  @ParameterizedTest(autoCloseArguments = false)
  @MethodSource("modes")
  void transferWhenLeftHalfWayIsEndedLater(Sides sides) {
    var from = account(sides, "4a", 100);
    var to = account(sides, "4b", 0);
    var transfer =
        sides
            .caller()
            .getBean(ObjectSpace.class)
            .create(new Transfer(new Order("4", from, to, 30)));
    from.debit(transfer);
    assertThat(from.statement().underWay()).isEqualTo(30);

    sides.caller().getBean(Recovery.class).recover();

    assertThat(transfer.state()).isEqualTo(State.DONE);
    assertThat(balance(from)).isEqualTo(70);
    assertThat(balance(to)).isEqualTo(30);
  }

  @ParameterizedTest(autoCloseArguments = false)
  @MethodSource("modes")
  void stepsWhenRepeatedOrLateDoNothing(Sides sides) {
    var from = account(sides, "5a", 100);
    var to = account(sides, "5b", 0);
    var space = sides.caller().getBean(ObjectSpace.class);
    var done = new Order("5", from, to, 30);
    bank(sides).transfer(done);
    var transfer = space.get(Transfer.class, "5");

    for (int i = 0; i < 2; i++) {
      from.debit(transfer);
      to.credit(transfer);
      transfer.debited();
      transfer.refuse();
      to.settle(transfer);
      from.settle(transfer);
    }
    var refused = space.create(new Transfer(new Order("6", from, to, 30)));
    from.debit(refused);
    refused.refuse();
    to.credit(refused);
    from.settle(refused);
    from.settle(refused);

    assertThat(balance(from)).isEqualTo(70);
    assertThat(balance(to)).isEqualTo(30);
  }

  @ParameterizedTest(autoCloseArguments = false)
  @MethodSource("modes")
  void transfersWhenManyAtATimeKeepTheSum(Sides sides) throws Exception {
    var accounts = new ArrayList<Account>();
    for (int i = 0; i < ACCOUNTS; i++) {
      accounts.add(account(sides, "6-" + i, 1_000));
    }

    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var futures = new ArrayList<Future<?>>();
      for (int i = 0; i < CLIENTS; i++) {
        int client = i;
        futures.add(threads.submit(() -> move(bank(sides), accounts, client)));
      }
      for (var future : futures) {
        future.get();
      }
    }

    assertThat(accounts.stream().mapToLong(LedgerTests::balance).sum())
        .isEqualTo(ACCOUNTS * 1_000L);
    assertThat(accounts).allSatisfy(account -> assertThat(account.leaving()).isEmpty());
  }

  private static void move(Bank bank, List<Account> accounts, int client) {
    var random = new Random(client);
    for (int i = 0; i < TRANSFERS; i++) {
      int from = random.nextInt(ACCOUNTS);
      int to = (from + 1 + random.nextInt(ACCOUNTS - 1)) % ACCOUNTS;
      var order =
          new Order(
              "6-%d-%d".formatted(client, i),
              accounts.get(from),
              accounts.get(to),
              1 + random.nextInt(700));
      bank.transfer(order);
    }
  }
}
