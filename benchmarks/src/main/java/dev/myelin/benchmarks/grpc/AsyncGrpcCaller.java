package dev.myelin.benchmarks.grpc;

import dev.myelin.benchmarks.basket.Basket;
import dev.myelin.benchmarks.basket.Quote;
import dev.myelin.benchmarks.grpc.proto.PriceListServiceGrpc;
import dev.myelin.benchmarks.grpc.proto.PriceListServiceGrpc.PriceListServiceStub;
import dev.myelin.benchmarks.grpc.proto.QuoteMessage;
import dev.myelin.benchmarks.variant.Caller;
import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.stub.StreamObserver;
import java.util.concurrent.CompletableFuture;

/// Calls through gRPC's generated asynchronous stub.
final class AsyncGrpcCaller implements Caller.Async {
  private final ManagedChannel channel;
  private final PriceListServiceStub stub;

  AsyncGrpcCaller(ManagedChannel channel) {
    this.channel = channel;
    this.stub = PriceListServiceGrpc.newStub(channel);
  }

  @Override
  public CompletableFuture<Quote> price(Basket basket) {
    var reply = new Reply();
    stub.price(Messages.message(basket), reply);
    return reply.future;
  }

  @Override
  public void close() {
    channel.shutdownNow();
  }

  private static final class Reply implements StreamObserver<QuoteMessage> {
    private final CompletableFuture<Quote> future = new CompletableFuture<>();

    @Override
    public void onNext(QuoteMessage message) {
      future.complete(Messages.quote(message));
    }

    @Override
    public void onError(Throwable failure) {
      future.completeExceptionally(failure);
    }

    @Override
    public void onCompleted() {
      if (!future.isDone()) {
        onError(
            Status.INTERNAL
                .withDescription("The server completed the call without a reply.")
                .asException());
      }
    }
  }
}
