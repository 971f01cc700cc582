package dev.myelin.contract;

import dev.myelin.wire.ApplicationDescription.Rules;
import dev.myelin.wire.codec.Codec;
import java.lang.reflect.Method;
import java.lang.reflect.Type;
import java.util.List;

/// One operation of a service.
///
/// @param key name with the erased parameter types, unique within the service: `price(a.b.Basket)`
/// @param method the method, as the service's type declares or inherits it
/// @param parameters names and fully resolved generic types, in order
/// @param result what comes back
/// @param rules how it may be called
/// @param inline whether it runs on the thread that read the call: see
///   [dev.myelin.Operation#inline()]
public record OperationContract(
    String key,
    Method method,
    List<Codec.Field> parameters,
    Result result,
    Rules rules,
    boolean inline) {

  /// Copies the parameters.
  public OperationContract {
    parameters = List.copyOf(parameters);
  }

  /// Name of the method.
  public String name() {
    return method.getName();
  }

  /// What comes back.
  ///
  /// @param kind how it comes
  /// @param type fully resolved generic type of the value, the future's value or the stream's
  ///   items; `void.class` for none
  public record Result(Kind kind, Type type) {}

  /// How a result comes.
  public enum Kind {
    /// One value (or nothing), for which the caller waits.
    VALUE,
    /// One value, for which a [java.util.concurrent.CompletableFuture] stands.
    FUTURE,
    /// Any number of values, pushed as the caller asks for them: a
    /// [java.util.concurrent.Flow.Publisher].
    STREAM
  }
}
