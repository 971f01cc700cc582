package dev.myelin.context;

import dev.myelin.CallContext;
import dev.myelin.CallException;
import dev.myelin.Execution;
import dev.myelin.Status;
import dev.myelin.wire.ContextFields;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/// The context of calls, of all carriers together. Thread-safe.
///
/// Costs nothing where there is none: no carrier then returns a field, and no carrier is asked to
/// restore any.
public final class CallContexts {

  /// Carries the application's own [CallContext] and nothing else.
  public static final CallContexts PLAIN = new CallContexts(List.of());

  private static final String KEY_PREFIX = "key.";

  private final ContextCarrier[] carriers;

  /// Uses carriers beside the application's own context, which always goes along.
  ///
  /// @param carriers in order
  public CallContexts(List<ContextCarrier> carriers) {
    this.carriers = carriers.toArray(ContextCarrier[]::new);
  }

  /// The calling thread's context.
  ///
  /// @throws CallException if it is more than a call carries
  public ContextFields capture() {
    return capture(ContextFields.EMPTY);
  }

  /// The calling thread's context, after some fields.
  ///
  /// @param first the fields to begin with
  /// @throws CallException if it is more than a call carries
  public ContextFields capture(ContextFields first) {
    try {
      var fields = first;
      for (var carrier : carriers) {
        fields = fields.plus(carrier.write());
      }
      var own = CallContext.current().values();
      return own.isEmpty() ? fields : fields.plus(keys(own));
    } catch (IllegalArgumentException e) {
      throw new CallException(
          Status.INVALID_ARGUMENT,
          Execution.DID_NOT_RUN,
          "the context of the call cannot be carried: " + e.getMessage(),
          e);
    }
  }

  private static ContextFields keys(java.util.Map<String, String> own) {
    var fields = new ArrayList<ContextFields.Field>();
    own.forEach((key, value) -> fields.add(new ContextFields.Field(KEY_PREFIX + key, value)));
    return new ContextFields(fields);
  }

  /// Runs a task within a context that arrived, which is gone afterwards.
  ///
  /// @param fields what arrived
  /// @param task what to run
  /// @return what the task returns
  /// @throws Exception what the task throws
  /// @throws UnusableContextException if the fields are no context; the task did not run
  public <T extends @Nullable Object> T during(ContextFields fields, Callable<T> task)
      throws Exception {
    if (fields.isEmpty()) {
      return task.call();
    }
    var scopes = new ArrayDeque<ContextScope>();
    try {
      var own = restore(fields, scopes);
      return own.values().isEmpty() ? task.call() : own.during(task);
    } finally {
      close(scopes);
    }
  }

  private CallContext restore(ContextFields fields, Deque<ContextScope> scopes) {
    try {
      for (var carrier : carriers) {
        scopes.push(carrier.restore(fields));
      }
      return own(fields);
    } catch (RuntimeException e) {
      throw new UnusableContextException(e);
    }
  }

  // one that fails to close must not leave the others in force
  private static void close(Deque<ContextScope> scopes) {
    RuntimeException failure = null;
    for (var scope : scopes) {
      try {
        scope.close();
      } catch (RuntimeException e) {
        if (failure == null) {
          failure = e;
        } else {
          failure.addSuppressed(e);
        }
      }
    }
    if (failure != null) {
      throw failure;
    }
  }

  private static CallContext own(ContextFields fields) {
    var values = new HashMap<String, String>();
    for (var field : fields.fields()) {
      if (field.name().startsWith(KEY_PREFIX)) {
        values.put(field.name().substring(KEY_PREFIX.length()), field.value());
      }
    }
    return CallContext.of(values);
  }
}
