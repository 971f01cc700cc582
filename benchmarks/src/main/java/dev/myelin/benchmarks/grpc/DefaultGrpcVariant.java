package dev.myelin.benchmarks.grpc;

import dev.myelin.benchmarks.basket.PriceList;
import dev.myelin.benchmarks.variant.Caller;
import dev.myelin.benchmarks.variant.CallerKind;
import dev.myelin.benchmarks.variant.Serving;
import dev.myelin.benchmarks.variant.Variant;
import java.io.IOException;
import java.util.EnumSet;
import java.util.Set;

/// grpc-java as it comes: its own executors on both sides, the generated blocking stub.
public final class DefaultGrpcVariant implements Variant {

  /// Makes the variant.
  public DefaultGrpcVariant() {}

  @Override
  public String name() {
    return "grpc-default";
  }

  @Override
  public Set<CallerKind> kinds() {
    return EnumSet.of(CallerKind.VIRTUAL);
  }

  @Override
  public String settings() {
    return "protobuf over plaintext HTTP/2, the default executors on both sides, blocking stub, no deadline";
  }

  @Override
  public Serving serve(PriceList prices) throws IOException {
    return GrpcServing.start(
        GrpcServing.onLoopback().addService(new GrpcPriceList(prices, Runnable::run)));
  }

  @Override
  public Caller connect(int port, CallerKind kind) {
    return new BlockingGrpcCaller(BlockingGrpcCaller.toLoopback(port).build());
  }
}
