package dev.myelin.storage.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.myelin.Execution;
import dev.myelin.storage.ObjectKey;
import dev.myelin.storage.ObjectStore;
import dev.myelin.storage.SchemaMode;
import dev.myelin.storage.StoreException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// What every store on a server promises of its schema.
public abstract class SchemaContractTests {

  private static final AtomicInteger TABLES = new AtomicInteger();
  private static final ObjectKey KEY = new ObjectKey("account", "1");
  private static final Duration LONG = Duration.ofMinutes(5);

  private final String table = "schema" + TABLES.incrementAndGet();

  /// The steps that the released store has.
  protected abstract List<Migration> released(String table);

  /// What adds a column to a table, or fails where it is there.
  protected abstract String addColumn(String table, String column);

  /// What makes a table with a counter of the number 0, and what adds 1 to it.
  protected abstract List<String> makeCounter(String name);

  protected abstract String count(String name);

  protected abstract long counted(String name);

  /// Runs a statement as an administrator does by hand.
  protected abstract void run(String statement);

  /// The history of a table, over a connection of its own.
  protected abstract SchemaHistory history(String table);

  /// Does what a store does before its first operation.
  ///
  /// @param further steps after those that the store has
  protected abstract void ensure(
      String table, SchemaMode mode, Duration turn, List<Migration> further);

  /// A store that is used as released.
  protected abstract ObjectStore store(String table);

  private void ensure(SchemaMode mode, Migration... further) {
    ensure(table, mode, LONG, List.of(further));
  }

  private Migration next(boolean breaking, String... statements) {
    return new Migration(
        released(table).size() + 1, "a step of tests", breaking, List.of(statements));
  }

  private List<Integer> taken() {
    return history(table).taken().orElseThrow().stream()
        .map(SchemaHistory.Taken::version)
        .sorted()
        .toList();
  }

  private List<Integer> numbers(int last) {
    return IntStream.rangeClosed(1, last).boxed().toList();
  }

  @Test
  void stepsOfAnEmptyStoreAreTakenAndKept() {
    ensure(SchemaMode.MIGRATE);

    assertThat(taken()).isEqualTo(numbers(released(table).size()));
    assertThat(store(table).create(KEY, new byte[] {1}, null)).isPresent();
  }

  @Test
  void furtherStepIsTakenOnceAndObjectsStay() {
    var version = store(table).create(KEY, new byte[] {7}, null).orElseThrow();
    // would be refused the second time
    var step = next(false, addColumn(table, "note"));

    ensure(SchemaMode.MIGRATE, step);
    ensure(SchemaMode.MIGRATE, step);

    assertThat(taken()).isEqualTo(numbers(released(table).size() + 1));
    assertThat(store(table).get(KEY).orElseThrow().version()).isEqualTo(version);
    assertThat(store(table).get(KEY).orElseThrow().state()).containsExactly(7);
  }

  @Test
  void tablesThatWereMadeBeforeThereWasAHistoryAreTakenAsTheyAre() {
    for (var step : released(table)) {
      step.statements().forEach(this::run);
    }
    var version = store(table).create(KEY, new byte[] {7}, null);
    assertThatCode(() -> ensure(SchemaMode.PRINT)).doesNotThrowAnyException();

    ensure(SchemaMode.MIGRATE, next(false, addColumn(table, "note")));

    assertThat(taken()).isEqualTo(numbers(released(table).size() + 1));
    assertThat(store(table).get(KEY).map(object -> object.version())).isEqualTo(version);
  }

  @Test
  void stepWhenManyProcessesStartIsTakenByOne() throws Exception {
    var counter = table + "_counter";
    makeCounter(counter).forEach(this::run);
    var step = next(false, count(counter));

    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var starts = new ArrayList<Callable<Boolean>>();
      for (int i = 0; i < 6; i++) {
        starts.add(() -> {
          ensure(SchemaMode.MIGRATE, step);
          return true;
        });
      }
      for (var start : threads.invokeAll(starts)) {
        assertThat(start.get()).isTrue();
      }
    }

    assertThat(counted(counter)).isEqualTo(1);
  }

  @Test
  void turnOfAProcessThatDiedEnds() throws Exception {
    ensure(SchemaMode.MIGRATE);
    var history = history(table);
    var turn = Duration.ofSeconds(5);
    assertThat(history.claim("one that dies", turn)).isTrue();
    assertThat(history.claim("another", turn)).isFalse();

    ensure(SchemaMode.MIGRATE, next(false, addColumn(table, "note")));

    assertThat(history.add(next(false, "none"), "one that dies")).isFalse();
    assertThat(taken()).isEqualTo(numbers(released(table).size() + 1));
  }

  @Test
  void schemaThatIsNewerIsUsedUnlessItsStepsSayThatItMayNotBe() {
    ensure(SchemaMode.MIGRATE, next(false, addColumn(table, "note")));
    assertThatCode(() -> ensure(SchemaMode.MIGRATE)).doesNotThrowAnyException();
    assertThatCode(() -> ensure(SchemaMode.PRINT)).doesNotThrowAnyException();
    var steps =
        List.of(
            next(false, addColumn(table, "note")),
            new Migration(
                released(table).size() + 2,
                "a change of the key",
                true,
                List.of(addColumn(table, "key2"))));
    ensure(table, SchemaMode.MIGRATE, LONG, steps);

    assertThatExceptionOfType(StoreException.class)
        .isThrownBy(() -> ensure(SchemaMode.MIGRATE))
        .withMessageContaining(table)
        .withMessageContaining("too new for this release")
        .withMessageContaining("'a change of the key'")
        .matches(e -> e.execution() == Execution.DID_NOT_RUN);
  }

  @Test
  void stepsWhenSomebodyElseTakesThemArePrintedAsTheyCanBeRun() {
    var step = next(false, addColumn(table, "note"));

    assertThatExceptionOfType(StoreException.class)
        .isThrownBy(() -> ensure(SchemaMode.PRINT, step))
        .withMessageContaining("myelin.objects.schema=print")
        .satisfies(e -> statements(e).forEach(this::run));

    ensure(SchemaMode.PRINT, step);
    assertThat(taken()).isEqualTo(numbers(step.version()));
    assertThat(store(table).create(KEY, new byte[] {1}, null)).isPresent();
  }

  @Test
  void stepThatTheServerRefusesIsPrintedAndNotKept() {
    ensure(SchemaMode.MIGRATE);

    assertThatExceptionOfType(StoreException.class)
        .isThrownBy(() -> ensure(SchemaMode.MIGRATE, next(false, addColumn("no_such", "note"))))
        .withMessageContaining("could not be changed")
        .withMessageContaining("no_such");

    assertThat(taken()).isEqualTo(numbers(released(table).size()));
    // and the turn has been given back
    ensure(SchemaMode.MIGRATE, next(false, addColumn(table, "note")));
  }

  private static List<String> statements(StoreException printed) {
    var text = String.valueOf(printed.getMessage());
    return List.of(text.substring(text.indexOf("Run:") + 4).strip().split(";\\R?"));
  }
}
