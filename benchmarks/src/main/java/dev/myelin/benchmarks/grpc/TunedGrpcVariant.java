package dev.myelin.benchmarks.grpc;

import dev.myelin.benchmarks.basket.PriceList;
import dev.myelin.benchmarks.variant.Caller;
import dev.myelin.benchmarks.variant.CallerKind;
import dev.myelin.benchmarks.variant.Serving;
import dev.myelin.benchmarks.variant.Variant;
import java.io.IOException;
import java.util.EnumSet;
import java.util.Set;

/// grpc-java as well tuned for blocking callers as can be.
///
/// gRPC's own work stays on the event loops (`directExecutor` on both sides, which its
/// documentation advises where nothing blocks there), and the one hop left is the virtual thread
/// that each call runs on in the server.
public final class TunedGrpcVariant implements Variant {

  /// Makes the variant.
  public TunedGrpcVariant() {}

  @Override
  public String name() {
    return "grpc-tuned";
  }

  @Override
  public Set<CallerKind> kinds() {
    return EnumSet.of(CallerKind.VIRTUAL);
  }

  @Override
  public String settings() {
    return "protobuf over plaintext HTTP/2, transport events on the event loops, one virtual thread a call in the"
        + " server, blocking stub, no deadline";
  }

  @Override
  public Serving serve(PriceList prices) throws IOException {
    return GrpcServing.start(
        GrpcServing.onLoopback()
            .directExecutor()
            .addService(new GrpcPriceList(prices, Thread::startVirtualThread)));
  }

  @Override
  public Caller connect(int port, CallerKind kind) {
    return new BlockingGrpcCaller(BlockingGrpcCaller.toLoopback(port).directExecutor().build());
  }
}
