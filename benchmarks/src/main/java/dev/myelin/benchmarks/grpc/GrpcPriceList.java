package dev.myelin.benchmarks.grpc;

import dev.myelin.benchmarks.basket.PriceList;
import dev.myelin.benchmarks.grpc.proto.BasketMessage;
import dev.myelin.benchmarks.grpc.proto.PriceListServiceGrpc;
import dev.myelin.benchmarks.grpc.proto.QuoteMessage;
import io.grpc.Status;
import io.grpc.stub.StreamObserver;
import java.util.concurrent.Executor;

/// The bean behind gRPC's service, each call run by an executor.
final class GrpcPriceList extends PriceListServiceGrpc.PriceListServiceImplBase {
  private final PriceList prices;
  private final Executor executor;

  /// @param executor runs each call; `Runnable::run` leaves it on the thread that gRPC delivers it
  ///   on
  GrpcPriceList(PriceList prices, Executor executor) {
    this.prices = prices;
    this.executor = executor;
  }

  @Override
  public void price(BasketMessage request, StreamObserver<QuoteMessage> reply) {
    executor.execute(() -> answer(request, reply));
  }

  // a call that dies without a status would leave its caller waiting for ever
  private void answer(BasketMessage request, StreamObserver<QuoteMessage> reply) {
    QuoteMessage message;
    try {
      message = Messages.message(prices.price(Messages.basket(request)));
    } catch (RuntimeException failure) {
      reply.onError(Status.INTERNAL.withCause(failure).asRuntimeException());
      return;
    }
    reply.onNext(message);
    reply.onCompleted();
  }
}
