package dev.myelin.object;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.myelin.Exclusive;
import dev.myelin.Microservice;
import dev.myelin.MicroserviceObject;
import dev.myelin.ObjectId;
import dev.myelin.ReadOnly;
import dev.myelin.autoconfigure.MyelinAutoConfiguration;
import dev.myelin.callpath.Sides;
import dev.myelin.storage.ObjectLimits;
import dev.myelin.storage.ObjectStore;
import dev.myelin.storage.memory.InMemoryObjectStore;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.jackson.autoconfigure.JacksonAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import tools.jackson.databind.json.JsonMapper;

/// Objects in one process and across two, with equal outcomes.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class ObjectsTests {

  private static final int WRITERS = 16;
  private static final int WRITES = 25;

  private List<Sides> modes = List.of();

  @MicroserviceObject
  static class Account {

    @ObjectId private String number;
    private BigDecimal balance = BigDecimal.ZERO;
    private @Nullable Account next;
    private final List<Account> friends = new ArrayList<>();
    private transient int runs;

    Account(String number) {
      this.number = number;
    }

    public String number() {
      return number;
    }

    @ReadOnly
    public BigDecimal balance() {
      runs++;
      return balance;
    }

    public BigDecimal deposit(BigDecimal amount) {
      balance = balance.add(amount);
      return balance;
    }

    public BigDecimal withdraw(BigDecimal amount) throws Overdrawn {
      balance = balance.subtract(amount);
      if (balance.signum() < 0) {
        throw new Overdrawn(number);
      }
      return balance;
    }

    public void follow(Account next) {
      this.next = next;
      friends.add(next);
    }

    public @Nullable Account next() {
      return next;
    }

    public List<Account> friends() {
      return friends;
    }

    public Account self() {
      return this;
    }

    public boolean sameAs(Statement statement) {
      return statement.accounts().getFirst().equals(Objects.reference(this));
    }

    public String open() {
      var opened = Objects.create(new Account(number + " / second"));
      next = opened;
      return Objects.uri(opened);
    }

    @Exclusive
    public int slowly() throws InterruptedException {
      Thread.sleep(1);
      balance = balance.add(BigDecimal.ONE);
      return ++runs;
    }

    @Exclusive
    public void fails() throws Overdrawn {
      balance = balance.add(BigDecimal.ONE);
      throw new Overdrawn(number);
    }

    public void rename() {
      number = "another";
    }
  }

  static class Overdrawn extends Exception {
    Overdrawn(String number) {
      super("account " + number + " is overdrawn");
    }
  }

  record Statement(List<Account> accounts, Map<String, Optional<Account>> byName) {}

  @MicroserviceObject("case-file")
  static class Dossier {

    @ObjectId private @Nullable UUID id;

    public @Nullable UUID id() {
      return id;
    }
  }

  @Microservice
  static class Bank {

    public Statement statement(Account account) {
      return new Statement(List.of(account), Map.of("a", Optional.of(account)));
    }

    public BigDecimal sum(List<Account> accounts) {
      return accounts.stream().map(Account::balance).reduce(BigDecimal.ZERO, BigDecimal::add);
    }
  }

  @Configuration(proxyBeanMethods = false)
  @ImportAutoConfiguration({MyelinAutoConfiguration.class, JacksonAutoConfiguration.class})
  @Import({Account.class, Dossier.class, Bank.class})
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

  private static ObjectSpace space(Sides sides) {
    return sides.caller().getBean(ObjectSpace.class);
  }

  private static Account account(Sides sides, String number) {
    return space(sides).create(new Account(number));
  }

  @ParameterizedTest(autoCloseArguments = false, name = "{index}")
  @MethodSource("modes")
  void operationWhenCalledRunsOnTheStoredState(Sides sides) throws Overdrawn {
    var account = account(sides, "1");

    assertThat(account.deposit(new BigDecimal("10.50"))).isEqualTo(new BigDecimal("10.50"));
    assertThat(account.withdraw(new BigDecimal("0.30"))).isEqualTo(new BigDecimal("10.20"));

    assertThat(space(sides).get(Account.class, "1").balance()).isEqualTo(new BigDecimal("10.20"));
  }

  @ParameterizedTest(autoCloseArguments = false, name = "{index}")
  @MethodSource("modes")
  void operationWhenItThrowsLeavesTheObjectAsItWas(Sides sides) {
    var account = account(sides, "2");
    account.deposit(BigDecimal.ONE);

    assertThatThrownBy(() -> account.withdraw(BigDecimal.TEN))
        .isInstanceOf(Overdrawn.class)
        .hasMessage("account 2 is overdrawn");

    assertThat(account.balance()).isEqualTo(BigDecimal.ONE);
  }

  @ParameterizedTest(autoCloseArguments = false, name = "{index}")
  @MethodSource("modes")
  void standInIsItsUri(Sides sides) {
    var space = space(sides);
    var account = account(sides, "a b/ü");

    assertThat(account.toString()).isEqualTo("/objects/account/a%20b%2F%C3%BC");
    assertThat(space.uri(account)).isEqualTo(account.toString());
    assertThat(space.parse(Account.class, account.toString()))
        .isEqualTo(account)
        .hasSameHashCodeAs(account)
        .isNotSameAs(account);
    assertThat(space.get(Account.class, "other")).isNotEqualTo(account);
    assertThat(account.number()).isEqualTo("a b/ü");
    assertThatThrownBy(() -> space.parse(Account.class, "/objects/case-file/1"))
        .hasMessageContaining("no URI of an object of type 'account'");
    assertThatThrownBy(() -> space.parse(Account.class, "account/1"))
        .hasMessageContaining("expected '/objects/{type}/{id}'");
  }

  @ParameterizedTest(autoCloseArguments = false, name = "{index}")
  @MethodSource("modes")
  void referenceWhenStoredOrPassedIsTheStandIn(Sides sides) {
    var first = account(sides, "3");
    var second = account(sides, "4");
    second.deposit(BigDecimal.TWO);

    first.follow(second);

    assertThat(first.next()).isEqualTo(second);
    assertThat(first.friends()).containsExactly(second);
    assertThat(java.util.Objects.requireNonNull(first.next()).balance()).isEqualTo(BigDecimal.TWO);
    var bank = sides.caller().getBean(Bank.class);
    var statement = bank.statement(first);
    assertThat(statement).isEqualTo(new Statement(List.of(first), Map.of("a", Optional.of(first))));
    assertThat(first.sameAs(statement)).isTrue();
    assertThat(second.sameAs(statement)).isFalse();
    assertThat(bank.sum(List.of(first, second))).isEqualTo(BigDecimal.TWO);
  }

  @ParameterizedTest(autoCloseArguments = false, name = "{index}")
  @MethodSource("modes")
  void instanceWhenReturnedIsAReference(Sides sides) {
    var account = account(sides, "5");

    assertThat(account.self()).isEqualTo(account).hasToString("/objects/account/5");
    account.self().deposit(BigDecimal.ONE);

    assertThat(account.balance()).isEqualTo(BigDecimal.ONE);
  }

  @ParameterizedTest(autoCloseArguments = false, name = "{index}")
  @MethodSource("modes")
  void objectWhenCreatedByAnOperationIsThere(Sides sides) {
    var account = account(sides, "6");

    var uri = account.open();

    assertThat(space(sides).parse(Account.class, uri)).isEqualTo(account.next());
    assertThat(java.util.Objects.requireNonNull(account.next()).number()).isEqualTo("6 / second");
  }

  @ParameterizedTest(autoCloseArguments = false, name = "{index}")
  @MethodSource("modes")
  void objectWhenMissingOrThereIsSaidSo(Sides sides) {
    var space = space(sides);

    assertThatThrownBy(() -> space.get(Account.class, "nobody").balance())
        .isInstanceOf(NoSuchObjectException.class)
        .hasMessageContaining("account/nobody");
    assertThat(space.find(Account.class, "nobody")).isEmpty();
    var account = account(sides, "7");
    assertThat(space.find(Account.class, "7")).contains(account);
    assertThatThrownBy(() -> account(sides, "7")).isInstanceOf(ObjectExistsException.class);
    assertThat(space.delete(account)).isTrue();
    assertThat(space.delete(account)).isFalse();
    assertThatThrownBy(() -> account.deposit(BigDecimal.ONE))
        .isInstanceOf(NoSuchObjectException.class);
  }

  @ParameterizedTest(autoCloseArguments = false, name = "{index}")
  @MethodSource("modes")
  void objectsWhenListedComeByPage(Sides sides) {
    var space = space(sides);
    var ids = new ArrayList<String>();
    for (int i = 0; i < 5; i++) {
      ids.add(space.create(new Dossier()).toString());
    }

    var listed = new ArrayList<String>();
    var page = space.list(Dossier.class, null, 2);
    while (true) {
      page.objects().forEach(each -> listed.add(each.toString()));
      if (page.next() == null) {
        break;
      }
      page = space.list(Dossier.class, page.next(), 2);
    }

    assertThat(listed).containsAll(ids).doesNotHaveDuplicates();
  }

  @ParameterizedTest(autoCloseArguments = false, name = "{index}")
  @MethodSource("modes")
  void operationsWhenConcurrentLoseNothing(Sides sides) throws Exception {
    var account = account(sides, "8");

    concurrently(() -> account.deposit(new BigDecimal("0.01")));

    assertThat(account.balance())
        .isEqualByComparingTo(new BigDecimal("0.01").multiply(new BigDecimal(WRITERS * WRITES)));
  }

  @ParameterizedTest(autoCloseArguments = false, name = "{index}")
  @MethodSource("modes")
  void exclusiveOperationsWhenConcurrentRunOnceEach(Sides sides) throws Exception {
    var account = account(sides, "9");

    concurrently(() -> {
      assertThat(account.slowly()).isEqualTo(1);
      account.deposit(BigDecimal.ONE);
      return null;
    });

    assertThat(account.balance()).isEqualByComparingTo(new BigDecimal(2 * WRITERS * WRITES));
  }

  private static void concurrently(java.util.concurrent.Callable<?> task) throws Exception {
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var begin = new CountDownLatch(1);
      var futures = new ArrayList<Future<?>>();
      for (int i = 0; i < WRITERS; i++) {
        futures.add(
            threads.submit(() -> {
              begin.await();
              for (int j = 0; j < WRITES; j++) {
                task.call();
              }
              return null;
            }));
      }
      begin.countDown();
      for (var future : futures) {
        future.get();
      }
    }
  }

  @ParameterizedTest(autoCloseArguments = false, name = "{index}")
  @MethodSource("modes")
  void exclusiveOperationWhenItThrowsGivesItsTurnBack(Sides sides) {
    var account = account(sides, "10");

    assertThatThrownBy(account::fails).isInstanceOf(Overdrawn.class);

    assertThat(account.deposit(BigDecimal.ONE)).isEqualTo(BigDecimal.ONE);
  }

  @ParameterizedTest(autoCloseArguments = false, name = "{index}")
  @MethodSource("modes")
  void idWhenChangedByAnOperationIsRefused(Sides sides) {
    var account = account(sides, "11");

    assertThatThrownBy(account::rename).hasMessageContaining("an id never changes");

    assertThat(account.number()).isEqualTo("11");
  }

  @ParameterizedTest(autoCloseArguments = false, name = "{index}")
  @MethodSource("modes")
  void standInInJsonIsAString(Sides sides) {
    var account = account(sides, "12");
    var json = sides.caller().getBean(JsonMapper.class);

    var text = json.writeValueAsString(new HashMap<>(Map.of("account", account)));

    assertThat(text).isEqualTo("{\"account\":\"/objects/account/12\"}");
    assertThat(json.readValue("\"/objects/account/12\"", Account.class)).isEqualTo(account);
  }
}
