package dev.myelin.client;

import dev.myelin.context.CallContexts;
import dev.myelin.contract.OperationContract;
import dev.myelin.contract.ServiceContract;
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
  private final CallContexts contexts;
  private final Map<String, ClientOperation> operations = new HashMap<>();

  ServiceCaller(
      ServiceContract contract,
      CallLoop loop,
      Target target,
      Channels channels,
      CallFormats formats,
      CallContexts contexts) {
    this.loop = loop;
    this.target = target;
    this.channels = channels;
    this.formats = formats;
    this.contexts = contexts;
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
    var request = new TypedRequest(loop.service(), known, formats, arguments, contexts.capture());
    return switch (operation.result().kind()) {
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
