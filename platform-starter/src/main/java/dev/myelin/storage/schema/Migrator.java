package dev.myelin.storage.schema;

import dev.myelin.Execution;
import dev.myelin.storage.SchemaMode;
import dev.myelin.storage.StoreException;
import dev.myelin.storage.schema.SchemaHistory.RefusedException;
import dev.myelin.storage.schema.SchemaHistory.Taken;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Brings the schema of a store to what this release needs. For one thread.
///
/// - Steps are taken in their order, by one process at a time; the others wait, and find them
///   taken. The one whose turn it is may die: its turn ends, and the next process begins with the
///   step that was not finished.
/// - A schema that is newer is used if all the steps that this release does not know say that it
///   may; else nothing is touched. So old and new processes live together while a release is rolled
///   out, and it can be rolled back.
/// - Where nothing may be changed, the error says what to run, the history's own rows included.
public final class Migrator {

  /// How long a turn is kept without being renewed; it is before each statement.
  public static final Duration TURN = Duration.ofMinutes(1);

  private static final Logger logger = LoggerFactory.getLogger(Migrator.class);
  private static final Duration PAUSE = Duration.ofMillis(100);

  private final String store;
  private final SchemaHistory history;
  private final List<Migration> steps;
  private final Settings settings;

  /// How it goes about it.
  ///
  /// @param mode whether anything may be changed
  /// @param holder whose turn it is to be: another name in each process
  /// @param turn how long a turn is kept without being renewed
  /// @param patience how long others are waited for that have the turn
  public record Settings(SchemaMode mode, String holder, Duration turn, Duration patience) {}

  /// Creates one.
  ///
  /// @param store what the schema is of, for messages
  /// @param history what was done
  /// @param steps all that this release knows, in their order
  /// @param settings how it goes about it
  public Migrator(String store, SchemaHistory history, List<Migration> steps, Settings settings) {
    this.store = store;
    this.history = history;
    this.steps = List.copyOf(steps);
    this.settings = settings;
    for (int i = 0; i < steps.size(); i++) {
      if (steps.get(i).version() != i + 1) {
        throw new IllegalArgumentException(
            "Step %d of %s has the number %d".formatted(i + 1, store, steps.get(i).version()));
      }
    }
  }

  /// What is to be done.
  ///
  /// @param kept whether the history has it
  /// @param found the last step that has been taken, as far as this release knows steps
  /// @param pending steps that have not been taken
  private record State(boolean kept, int found, List<Migration> pending) {}

  /// Returns when everything is there.
  ///
  /// @param before what has to be there before the history, each without effect where it is
  /// @return whether anything was changed
  /// @throws StoreException if something is missing, or the schema is too new
  public boolean ensure(List<String> before) {
    var state = state();
    if (state.pending().isEmpty()) {
      return false;
    }
    if (settings.mode() == SchemaMode.PRINT) {
      throw missing(before, state, null);
    }
    try {
      for (var statement : before) {
        history.run(statement);
      }
      for (var statement : history.creation()) {
        history.run(statement);
      }
      awaitTurn();
    } catch (RefusedException refused) {
      throw missing(before, state, refused);
    }
    try {
      // somebody else's turn may have been before this one
      return take(state());
    } finally {
      release();
    }
  }

  private State state() {
    var taken = history.taken();
    taken.ifPresent(this::requireUsable);
    int found = history.found();
    // tables that are gone are made again, whatever is remembered of them
    int last =
        found == 0
            ? 0
            : taken
                .flatMap(all -> all.stream().map(Taken::version).max(Comparator.naturalOrder()))
                .orElse(found);
    return new State(
        taken.filter(all -> !all.isEmpty()).isPresent(),
        last,
        steps.stream().filter(step -> step.version() > last).toList());
  }

  private void requireUsable(List<Taken> taken) {
    int known = steps.size();
    var breaking =
        taken.stream()
            .filter(step -> step.version() > known && step.breaking())
            .min(Comparator.comparingInt(Taken::version));
    breaking.ifPresent(step -> {
      throw new StoreException(
          Execution.DID_NOT_RUN,
          "%s has a schema that is too new for this release: it knows %d steps, and step %d, '%s', was taken, which it cannot work with. Run the release that has taken the step, or a later one"
              .formatted(store, known, step.version(), step.what()),
          null);
    });
  }

  private void awaitTurn() throws RefusedException {
    long begin = System.nanoTime();
    while (!history.claim(settings.holder(), settings.turn())) {
      if (Thread.currentThread().isInterrupted()
          || System.nanoTime() - begin > settings.patience().toNanos()) {
        throw new StoreException(
            Execution.DID_NOT_RUN,
            "The schema of %s is being changed by another process, for more than %s. The next call tries again"
                .formatted(store, settings.patience()),
            null);
      }
      LockSupport.parkNanos(PAUSE.toNanos());
    }
  }

  private boolean take(State state) {
    try {
      if (!state.kept()) {
        for (var step : steps) {
          if (step.version() <= state.found()) {
            keep(step);
          }
        }
      }
      for (var step : state.pending()) {
        for (var statement : step.statements()) {
          requireTurn(history.claim(settings.holder(), settings.turn()));
          history.run(statement);
        }
        keep(step);
        logger.info(
            "schema changed store={} version={} step={}", store, step.version(), step.what());
      }
      return !state.pending().isEmpty();
    } catch (RefusedException refused) {
      throw missing(List.of(), state(), refused);
    }
  }

  private void keep(Migration step) throws RefusedException {
    requireTurn(history.add(step, settings.holder()));
  }

  private void requireTurn(boolean has) {
    if (!has) {
      throw new StoreException(
          Execution.DID_NOT_RUN,
          "The schema of %s took too long to change, and another process goes on with it. The next call tries again"
              .formatted(store),
          null);
    }
  }

  private void release() {
    try {
      history.release(settings.holder());
    } catch (RefusedException | StoreException lost) {
      logger.debug("turn ends by itself store={}", store, lost);
    }
  }

  private StoreException missing(
      List<String> before, State state, @Nullable RefusedException refused) {
    var statements = new ArrayList<>(before);
    statements.addAll(history.creation());
    for (var step : steps) {
      if (!state.pending().contains(step) && !state.kept()) {
        statements.add(history.record(step));
      }
    }
    for (var step : state.pending()) {
      statements.addAll(step.statements());
      statements.add(history.record(step));
    }
    var text = String.join(";\n", statements) + ";";
    return new StoreException(
        Execution.DID_NOT_RUN,
        "%s is not as it must be, and %s. Run:%n%s"
            .formatted(
                store,
                refused == null
                    ? "is not changed by this application (myelin.objects.schema=print)"
                    : "could not be changed: " + refused.getMessage(),
                text),
        refused);
  }
}
