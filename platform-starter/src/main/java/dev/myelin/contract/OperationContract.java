package dev.myelin.contract;

import static java.util.Objects.requireNonNull;

import dev.myelin.StickyKey;
import dev.myelin.stream.FutureForm;
import dev.myelin.stream.StreamForm;
import dev.myelin.wire.ApplicationDescription.Rules;
import dev.myelin.wire.codec.Codec;
import java.lang.reflect.Method;
import java.lang.reflect.Type;
import java.util.List;
import org.jspecify.annotations.Nullable;

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

  /// Name of the parameter that precedes a method's own where the operation is one of an object:
  /// the object's id.
  public static final String OBJECT = "$object";

  /// Copies the parameters.
  public OperationContract {
    parameters = List.copyOf(parameters);
  }

  /// Name of the method.
  public String name() {
    return method.getName();
  }

  /// Index of the parameter that is the sticky key; -1 if none is.
  public int stickyParameter() {
    if (ofObject()) {
      return 0;
    }
    var own = method.getParameters();
    for (int i = 0; i < own.length; i++) {
      if (own[i].isAnnotationPresent(StickyKey.class)) {
        return i;
      }
    }
    return -1;
  }

  /// Whether it is an operation of an object, whose id is the first parameter.
  public boolean ofObject() {
    return !parameters.isEmpty() && parameters.getFirst().name().equals(OBJECT);
  }

  /// What comes back.
  ///
  /// @param kind how it comes
  /// @param type fully resolved generic type of the value, the future's value or the stream's
  ///   items; `void.class` for none
  /// @param future how the declared type holds a value that comes later; null unless that is the
  ///   kind
  /// @param stream how the declared type holds a stream; null unless that is the kind
  public record Result(
      Kind kind, Type type, @Nullable FutureForm future, @Nullable StreamForm stream) {

    /// One value.
    static Result value(Type type) {
      return new Result(Kind.VALUE, type, null, null);
    }

    /// One value that comes later.
    static Result future(Type type, FutureForm form) {
      return new Result(Kind.FUTURE, type, form, null);
    }

    /// Any number of values.
    static Result stream(Type type, StreamForm form) {
      return new Result(Kind.STREAM, type, null, form);
    }

    /// How the declared type holds a value that comes later.
    public FutureForm futureForm() {
      return requireNonNull(future);
    }

    /// How the declared type holds a stream.
    public StreamForm streamForm() {
      return requireNonNull(stream);
    }
  }

  /// How a result comes.
  public enum Kind {
    /// One value (or nothing), for which the caller waits.
    VALUE,
    /// One value, for which a [java.util.concurrent.CompletableFuture] or a `Mono` stands.
    FUTURE,
    /// Any number of values, sent as the caller asks for them: a
    /// [java.util.concurrent.Flow.Publisher], a `Flux`, an [java.io.InputStream].
    STREAM
  }
}
