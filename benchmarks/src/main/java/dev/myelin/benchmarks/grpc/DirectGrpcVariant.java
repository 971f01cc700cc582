package dev.myelin.benchmarks.grpc;

import dev.myelin.benchmarks.basket.PriceList;
import dev.myelin.benchmarks.variant.Caller;
import dev.myelin.benchmarks.variant.CallerKind;
import dev.myelin.benchmarks.variant.Serving;
import dev.myelin.benchmarks.variant.Variant;
import java.io.IOException;
import java.util.EnumSet;
import java.util.Set;

/// grpc-java with nothing but event loops: the bean runs inline in the server, the replies end
/// futures inline in the client. Fit for beans that never block, as this one.
public final class DirectGrpcVariant implements Variant {

  /// Makes the variant.
  public DirectGrpcVariant() {}

  @Override
  public String name() {
    return "grpc-direct";
  }

  @Override
  public Set<CallerKind> kinds() {
    return EnumSet.of(CallerKind.ASYNC);
  }

  @Override
  public String settings() {
    return "protobuf over plaintext HTTP/2, direct executors on both sides, the bean inline on the event loop,"
        + " asynchronous stub, no deadline";
  }

  @Override
  public Serving serve(PriceList prices) throws IOException {
    return GrpcServing.start(
        GrpcServing.onLoopback()
            .directExecutor()
            .addService(new GrpcPriceList(prices, Runnable::run)));
  }

  @Override
  public Caller connect(int port, CallerKind kind) {
    return new AsyncGrpcCaller(BlockingGrpcCaller.toLoopback(port).directExecutor().build());
  }
}
