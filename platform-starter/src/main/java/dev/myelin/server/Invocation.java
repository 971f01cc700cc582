package dev.myelin.server;

import dev.myelin.Deadline;
import dev.myelin.Status;
import dev.myelin.observation.CallObservation;
import dev.myelin.observation.CallSurroundings;
import dev.myelin.wire.ContextFields;
import org.jspecify.annotations.Nullable;

/// Runs an operation within the deadline, the context and the observation of its call. Runs once;
/// its end may come from any thread.
final class Invocation {

  private final ServedOperation operation;
  private final Deadline deadline;
  private final CallSurroundings surroundings;
  private final ContextFields context;
  private volatile @Nullable CallObservation observation;

  Invocation(
      ServedOperation operation,
      Deadline deadline,
      CallSurroundings surroundings,
      ContextFields context) {
    this.operation = operation;
    this.deadline = deadline;
    this.surroundings = surroundings;
    this.context = context;
  }

  /// Carries what the operation threw, an error included, past the handling of the call's own
  /// failures.
  static final class Thrown extends Exception {
    final Throwable thrown;

    Thrown(Throwable thrown) {
      super(null, null, false, false);
      this.thrown = thrown;
    }
  }

  /// Calls the bean.
  ///
  /// @throws Thrown if the bean throws
  /// @throws dev.myelin.context.UnusableContextException if the context is none; the bean was not
  ///   called
  @Nullable Object run(@Nullable Object[] arguments) throws Thrown {
    var service = operation.service();
    var observed =
        service.platform()
            ? null
            : surroundings.serve(service.name(), operation.contract().name(), context);
    if (observed == null) {
      return within(arguments);
    }
    observation = observed;
    try (var _ = observed.open()) {
      return within(arguments);
    }
  }

  private @Nullable Object within(@Nullable Object[] arguments) throws Thrown {
    try {
      return deadline.during(
          () -> surroundings.contexts().during(context, () -> invoke(arguments)));
    } catch (Thrown | RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new Thrown(e);
    }
  }

  private @Nullable Object invoke(@Nullable Object[] arguments) throws Thrown {
    try {
      return operation.invoke(arguments);
    } catch (Throwable e) {
      throw new Thrown(e);
    }
  }

  /// Ends the observation with success.
  void succeeded() {
    var observed = observation;
    if (observed != null) {
      observed.succeeded();
    }
  }

  /// Ends the observation with what the bean threw.
  void threw(Throwable thrown) {
    var observed = observation;
    if (observed != null) {
      observed.threw(thrown);
    }
  }

  /// Ends the observation with a failure, unless it has ended.
  void failed(Status status) {
    var observed = observation;
    if (observed != null) {
      observed.failed(status);
    }
  }
}
