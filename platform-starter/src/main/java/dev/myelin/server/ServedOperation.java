package dev.myelin.server;

import dev.myelin.contract.EarlierOperation;
import dev.myelin.contract.Memoized;
import dev.myelin.contract.OperationContract;
import dev.myelin.contract.OperationSchemas;
import dev.myelin.wire.Payload;
import dev.myelin.wire.codec.Codec;
import dev.myelin.wire.codec.Input;
import dev.myelin.wire.codec.Output;
import dev.myelin.wire.codec.ValueCodec;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// An operation of a hosted service, ready to be called. Thread-safe.
final class ServedOperation {

  private final ServedService service;
  private final OperationContract contract;
  private final @Nullable Object[] defaults;
  private final OperationSchemas schemas;
  private final Memoized<Payload> description;
  private final Memoized<ValueCodec> arguments;
  private final Memoized<ValueCodec> result;
  private volatile @Nullable Bound bound;

  /// What runs the operation: a runner, or the method as the bean has it, which may be a proxy that
  /// has only the interface's.
  private record Bound(Object bean, @Nullable Method method) {}

  ServedOperation(ServedService service, OperationContract contract, Codec codec) {
    this(service, new EarlierOperation(contract, List.of()), codec);
  }

  /// Serves an operation as it was before its last parameters were added.
  ServedOperation(ServedService service, EarlierOperation earlier, Codec codec) {
    this.service = service;
    this.contract = earlier.contract();
    this.defaults = earlier.defaults().toArray();
    this.schemas = OperationSchemas.of(contract, codec);
    this.description = Memoized.of(this::describe);
    this.arguments = Memoized.of(() -> codec.compile(contract.parameters(), schemas.parameters()));
    this.result = Memoized.of(() -> codec.compile(contract.result().type(), schemas.result()));
  }

  ServedService service() {
    return service;
  }

  OperationContract contract() {
    return contract;
  }

  OperationSchemas schemas() {
    return schemas;
  }

  /// Whether it answers with a stream.
  boolean streams() {
    return contract.result().kind() == OperationContract.Kind.STREAM;
  }

  /// Takes a place for a call of it.
  ///
  /// @param timeLeft until the call's deadline
  /// @return what becomes of it; if it is admitted, [#leave()] has to follow
  Admission.Entry enter(Duration timeLeft) {
    var admission = service.admission();
    return streams() ? admission.enterStream() : admission.enter(timeLeft);
  }

  /// Gives the place of a call back.
  void leave() {
    if (streams()) {
      service.admission().leaveStream();
    } else {
      service.admission().leave();
    }
  }

  /// The schemas as bytes, made once: whoever asks for them a million times makes nothing grow.
  Payload description() {
    return description.get();
  }

  private Payload describe() {
    var output = new Output(Integer.MAX_VALUE);
    schemas.encode(output);
    return Payload.of(output);
  }

  @Nullable Object[] readArguments(Input input) {
    return (@Nullable Object[]) Objects.requireNonNull(arguments.get().read(input));
  }

  void writeResult(@Nullable Object value, Output output) {
    result.get().write(value, output);
  }

  /// Calls the bean.
  ///
  /// @throws Throwable what it throws
  @Nullable Object invoke(@Nullable Object[] values) throws Throwable {
    var target = bound;
    if (target == null) {
      var bean = service.bean().get();
      target = new Bound(bean, bean instanceof OperationRunner ? null : method(bean));
      bound = target;
    }
    var method = target.method();
    if (method == null) {
      return ((OperationRunner) target.bean()).run(contract, complete(values));
    }
    try {
      return method.invoke(target.bean(), complete(values));
    } catch (InvocationTargetException e) {
      throw Objects.requireNonNull(e.getCause());
    }
  }

  private @Nullable Object[] complete(@Nullable Object[] values) {
    if (defaults.length == 0) {
      return values;
    }
    var all = Arrays.copyOf(values, values.length + defaults.length);
    System.arraycopy(defaults, 0, all, values.length, defaults.length);
    return all;
  }

  private Method method(Object bean) throws NoSuchMethodException {
    var declared = contract.method();
    var method =
        declared.getDeclaringClass().isInstance(bean)
            ? declared
            : bean.getClass().getMethod(declared.getName(), declared.getParameterTypes());
    // a public method of a package-private class is an operation, too
    method.setAccessible(true);
    return method;
  }

  @Override
  public String toString() {
    return service.name()
        + "."
        + contract.name()
        + Arrays.toString(contract.method().getParameterTypes());
  }
}
