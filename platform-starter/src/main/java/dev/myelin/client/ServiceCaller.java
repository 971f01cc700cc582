package dev.myelin.client;

import dev.myelin.contract.OperationContract;
import dev.myelin.contract.ServiceContract;
import dev.myelin.observation.CallSurroundings;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;

/// Calls the operations of one service. Thread-safe.
final class ServiceCaller implements CallInvoker {

  private final CallLoop loop;
  private final Target target;
  private final Channels channels;
  private final CallFormats formats;
  private final CallSurroundings surroundings;
  private final Map<String, ClientOperation> operations = new HashMap<>();

  ServiceCaller(
      ServiceContract contract,
      CallLoop loop,
      Target target,
      Channels channels,
      CallFormats formats,
      CallSurroundings surroundings) {
    this.loop = loop;
    this.target = target;
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
    var kind = operation.result().kind();
    // a stream is no call that ends with its answer
    var observation =
        kind == OperationContract.Kind.STREAM
            ? null
            : surroundings.call(loop.service(), operation.name());
    var request =
        new TypedRequest(
            loop.service(),
            known,
            formats,
            arguments,
            surroundings.capture(observation),
            observation);
    return switch (kind) {
      case VALUE -> loop.run(request);
      case FUTURE -> AsyncCall.start(loop, request);
      case STREAM -> (Flow.Publisher<Object>) subscriber -> stream(request, subscriber);
    };
  }

  @SuppressWarnings("unchecked") // the stand-in's declared type fixes the items' type
  private void stream(Request request, Flow.Subscriber<?> subscriber) {
    Thread.startVirtualThread(
        new ClientStream(loop, target, channels, request, (Flow.Subscriber<Object>) subscriber));
  }
}
