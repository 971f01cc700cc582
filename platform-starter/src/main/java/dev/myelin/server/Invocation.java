package dev.myelin.server;

import dev.myelin.Deadline;
import dev.myelin.context.CallContexts;
import dev.myelin.wire.ContextFields;
import org.jspecify.annotations.Nullable;

/// Runs an operation within the deadline and the context of its call.
///
/// @param operation what to run
/// @param deadline of the call
/// @param contexts make the context
/// @param context that arrived
record Invocation(
    ServedOperation operation, Deadline deadline, CallContexts contexts, ContextFields context) {

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
    try {
      return deadline.during(() -> contexts.during(context, () -> invoke(arguments)));
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
}
