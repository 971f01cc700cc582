package dev.myelin.object;

import static java.util.Objects.requireNonNull;

import dev.myelin.CallException;
import dev.myelin.Deadline;
import dev.myelin.Exclusive;
import dev.myelin.Execution;
import dev.myelin.ReadOnly;
import dev.myelin.contract.OperationContract;
import dev.myelin.object.ObjectDocument.Turn;
import dev.myelin.object.ObjectRecords.Loaded;
import dev.myelin.server.OperationRunner;
import dev.myelin.storage.ObjectKey;
import java.lang.reflect.InvocationTargetException;
import java.util.Arrays;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/// Runs the operations of the objects of one type. Thread-safe; keeps nothing of an object between
/// two calls.
///
/// What may change an object waits for those before it at this process ([WriteQueue]). An operation
/// runs on a fresh instance with the fields as they are stored. What it changed is stored if the
/// object has the same version still; else it runs again, on another fresh instance. If it throws,
/// the object stays as it was. See [ReadOnly] and [Exclusive] for the other two ways.
public final class ObjectHost implements OperationRunner {

  private final ObjectType type;
  private final ObjectState state;
  private final ObjectRecords records;
  private final ObjectSettings settings;
  private final LongSupplier ticker;
  private final ObjectRequests requests;
  private final ObjectSpace space;
  private final WriteQueue queue = new WriteQueue();

  ObjectHost(ObjectType type, Parts parts) {
    this.type = type;
    this.state = new ObjectState(type, parts.mapper());
    this.records = new ObjectRecords(parts.store(), parts.mapper(), parts.settings());
    this.settings = parts.settings();
    this.ticker = parts.ticker();
    this.space = parts.space();
    this.requests = new ObjectRequests(type, state, records, queue, parts);
  }

  @Override
  public @Nullable Object run(OperationContract operation, @Nullable Object[] arguments)
      throws Throwable {
    var deadline = Deadline.currentOr(operation.rules().timeout());
    if (operation.method().getDeclaringClass() == ObjectAccess.class) {
      return requests.answer(operation, arguments, deadline);
    }
    var key = type.key(requireNonNull(arguments[0]));
    var attempts = new Attempts(key, operation.name(), deadline, settings.maxAttempts());
    var call = new Call(operation, Arrays.copyOfRange(arguments, 1, arguments.length));
    if (!queues(operation)) {
      return call.on(state.read(load(key, attempts).document().fields(), key));
    }
    boolean exclusive = operation.method().isAnnotationPresent(Exclusive.class);
    return queue.inOrder(
        key,
        attempts,
        () -> exclusive ? exclusively(key, call, attempts) : repeatedly(key, call, attempts));
  }

  /// Whether the calls of an operation wait for others of the same object: all but what only reads,
  /// or makes a new one.
  static boolean queues(OperationContract operation) {
    return operation.method().getDeclaringClass() == ObjectAccess.class
        ? ObjectRequests.queues(operation)
        : !operation.method().isAnnotationPresent(ReadOnly.class);
  }

  private Loaded load(ObjectKey key, Attempts attempts) {
    return records.load(key, attempts).orElseThrow(() -> absent(key));
  }

  static NoSuchObjectException absent(ObjectKey key) {
    return new NoSuchObjectException(
        "There is no object '%s': create it with Objects.create(…), or it was deleted."
            .formatted(key));
  }

  // It begins with what a cache has, where there is one: a version that could be replaced was the
  // last one, and what writes nothing counts only if the store has that version too.
  private @Nullable Object repeatedly(ObjectKey key, Call call, Attempts attempts)
      throws Throwable {
    var turns = new TurnWatch(ticker);
    var loaded = records.recent(key, attempts).orElseGet(() -> load(key, attempts));
    boolean fromStore = false;
    while (true) {
      if (turns.respects(loaded.document().turn())) {
        attempts.pause(Execution.DID_NOT_RUN);
        loaded = load(key, attempts);
      } else {
        var run = call.run(key, loaded);
        if (run.fields() != null) {
          var next = loaded.document().next(run.fields(), null, ObjectRecords.name());
          if (records.replace(key, loaded, next, attempts).isPresent()) {
            return run.result();
          }
          attempts.next();
          loaded = load(key, attempts);
        } else {
          var last = fromStore ? loaded : confirmed(key, run, attempts);
          if (last.version().equals(loaded.version())) {
            return run.result();
          }
          loaded = last;
        }
      }
      fromStore = true;
    }
  }

  // a run's own failure says more than that the store could not be asked about it
  private Loaded confirmed(ObjectKey key, Run run, Attempts attempts) throws Throwable {
    try {
      return load(key, attempts);
    } catch (CallException e) {
      if (run.failure() == null) {
        throw e;
      }
      run.failure().addSuppressed(e);
      throw run.failure();
    }
  }

  private @Nullable Object exclusively(ObjectKey key, Call call, Attempts attempts)
      throws Throwable {
    var held = take(key, attempts);
    var turn = new HeldTurn(records, key, held, attempts, settings.turnLease());
    turn.keep();
    @Nullable Object result;
    ObjectNode after;
    try {
      var instance = state.read(held.document().fields(), key);
      result = call.on(instance);
      after = changed(key, instance);
    } catch (Throwable e) {
      turn.abandon();
      throw e;
    }
    turn.end(after);
    return result;
  }

  private Loaded take(ObjectKey key, Attempts attempts) {
    var turns = new TurnWatch(ticker);
    var turn = new Turn(ObjectRecords.name(), settings.turnLease().toMillis(), 0);
    while (true) {
      var loaded = load(key, attempts);
      if (turns.respects(loaded.document().turn())) {
        attempts.pause(Execution.DID_NOT_RUN);
        continue;
      }
      var document = loaded.document();
      var next = document.next(document.fields(), turn, ObjectRecords.name());
      var taken = records.replace(key, loaded, next, attempts);
      if (taken.isPresent()) {
        return new Loaded(taken.get(), next);
      }
      attempts.next();
    }
  }

  private ObjectNode changed(ObjectKey key, Object instance) {
    var found = type.keyOf(instance);
    if (!found.equals(key)) {
      throw new IllegalStateException(
          "An operation of object '%s' set its id to '%s': an id never changes."
              .formatted(key, found.id()));
    }
    return state.write(instance);
  }

  /// What a run came to.
  ///
  /// @param value what the operation returned
  /// @param failure what it threw; null if it returned
  /// @param fields what to store; null where nothing has changed, or it threw
  private record Run(
      @Nullable Object value, @Nullable Throwable failure, @Nullable ObjectNode fields) {

    @Nullable Object result() throws Throwable {
      if (failure != null) {
        throw failure;
      }
      return value;
    }
  }

  /// One call of a method of the class.
  private final class Call {

    private final OperationContract operation;
    private final @Nullable Object[] arguments;

    Call(OperationContract operation, @Nullable Object[] arguments) {
      this.operation = operation;
      this.arguments = arguments;
      operation.method().setAccessible(true);
    }

    Run run(ObjectKey key, Loaded loaded) {
      try {
        var instance = state.read(loaded.document().fields(), key);
        var before = state.write(instance);
        var value = on(instance);
        var after = changed(key, instance);
        return new Run(value, null, after.equals(before) ? null : after);
      } catch (Throwable e) {
        return new Run(null, e, null);
      }
    }

    @Nullable Object on(Object instance) throws Throwable {
      try {
        return Objects.within(space, () -> operation.method().invoke(instance, arguments.clone()));
      } catch (InvocationTargetException e) {
        throw requireNonNull(e.getCause());
      }
    }
  }
}
