package dev.myelin.object;

import static java.util.Objects.requireNonNull;

import dev.myelin.CallException;
import dev.myelin.Deadline;
import dev.myelin.Execution;
import dev.myelin.Status;
import dev.myelin.client.CallInvoker;
import dev.myelin.contract.OperationContract;
import dev.myelin.contract.ServiceContract;
import dev.myelin.server.OperationRunner;
import dev.myelin.wire.Payload;
import dev.myelin.wire.codec.Codec;
import dev.myelin.wire.codec.Output;
import dev.myelin.wire.codec.UncarriableValueException;
import dev.myelin.wire.codec.ValueCodec;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// Calls of objects that run in this process. Thread-safe.
///
/// Arguments and results are carried as between processes, so that what is passed is the same
/// wherever the object runs: values as copies, objects as references.
final class LocalCalls implements CallInvoker {

  private final OperationRunner host;
  private final Codec codec;
  private final Map<String, Carried> operations = new ConcurrentHashMap<>();
  private final ServiceContract service;

  private record Carried(ValueCodec arguments, ValueCodec result) {}

  LocalCalls(ServiceContract service, OperationRunner host, Codec codec) {
    this.service = service;
    this.host = host;
    this.codec = codec;
  }

  @Override
  public @Nullable Object invoke(OperationContract operation, @Nullable Object[] arguments)
      throws Throwable {
    var carried = operations.computeIfAbsent(operation.key(), _ -> carried(operation));
    var sent =
        (@Nullable Object[])
            requireNonNull(copy(operation, carried.arguments(), arguments, Execution.DID_NOT_RUN));
    var result = Deadline.currentOr(operation.rules().timeout()).during(() -> run(operation, sent));
    if (result.thrown() != null) {
      throw result.thrown();
    }
    return copy(operation, carried.result(), result.value(), Execution.RAN);
  }

  private record Ended(@Nullable Object value, @Nullable Throwable thrown) {}

  // whatever it throws passes as itself
  private Ended run(OperationContract operation, @Nullable Object[] arguments) {
    try {
      return new Ended(host.run(operation, arguments), null);
    } catch (Throwable e) {
      return new Ended(null, e);
    }
  }

  private Carried carried(OperationContract operation) {
    var parameters = codec.schema(operation.parameters());
    var result = codec.schema(operation.result().type());
    return new Carried(
        codec.compile(operation.parameters(), parameters),
        codec.compile(operation.result().type(), result));
  }

  private @Nullable Object copy(
      OperationContract operation, ValueCodec codec, @Nullable Object value, Execution execution) {
    var output = new Output(Integer.MAX_VALUE);
    try {
      codec.write(value, output);
    } catch (UncarriableValueException e) {
      throw new CallException(
          Status.INVALID_ARGUMENT,
          execution,
          "Operation '%s' of service '%s': %s"
              .formatted(operation.key(), service.name(), e.getMessage()),
          e);
    }
    return codec.read(Payload.of(output).input());
  }
}
