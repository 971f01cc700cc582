package dev.myelin.client;

import dev.myelin.contract.OperationContract;
import dev.myelin.contract.ServiceContract;
import dev.myelin.observation.CallObservation;
import dev.myelin.observation.CallSurroundings;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Calls the operations of one service. Thread-safe.
final class ServiceCaller implements CallInvoker {

  private final CallLoop loop;
  private final Channels channels;
  private final CallFormats formats;
  private final CallSurroundings surroundings;
  private final Map<String, ClientOperation> operations = new HashMap<>();

  ServiceCaller(
      ServiceContract contract,
      CallLoop loop,
      Channels channels,
      CallFormats formats,
      CallSurroundings surroundings) {
    this.loop = loop;
    this.channels = channels;
    this.formats = formats;
    this.surroundings = surroundings.of(contract.name());
    for (var operation : contract.operations()) {
      operations.put(operation.key(), new ClientOperation(operation, formats.codec()));
    }
  }

  @Override
  public @Nullable Object invoke(OperationContract operation, @Nullable Object[] arguments)
      throws Throwable {
    var known = operations.get(operation.key());
    if (known == null) {
      throw new IllegalArgumentException(
          "'%s' is no operation of service '%s'".formatted(operation.key(), loop.service()));
    }
    var result = operation.result();
    return switch (result.kind()) {
      case VALUE -> loop.run(observed(known, arguments));
      case FUTURE ->
          result.futureForm().received(() -> AsyncCall.start(loop, observed(known, arguments)));
      // a stream is no call that ends with its answer
      case STREAM -> {
        var request = request(known, arguments, null);
        yield result.streamForm().received(new StreamCall(loop, channels, request));
      }
    };
  }

  private Request observed(ClientOperation operation, @Nullable Object[] arguments) {
    return request(
        operation, arguments, surroundings.call(loop.service(), operation.contract().name()));
  }

  private Request request(
      ClientOperation operation,
      @Nullable Object[] arguments,
      @Nullable CallObservation observation) {
    return new TypedRequest(
        loop.service(),
        operation,
        formats,
        arguments,
        surroundings.capture(observation),
        observation);
  }
}
