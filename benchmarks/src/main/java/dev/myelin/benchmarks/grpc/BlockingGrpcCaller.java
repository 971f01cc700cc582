package dev.myelin.benchmarks.grpc;

import dev.myelin.benchmarks.basket.Basket;
import dev.myelin.benchmarks.basket.Quote;
import dev.myelin.benchmarks.grpc.proto.PriceListServiceGrpc;
import dev.myelin.benchmarks.grpc.proto.PriceListServiceGrpc.PriceListServiceBlockingStub;
import dev.myelin.benchmarks.variant.Caller;
import io.grpc.ManagedChannel;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import java.net.InetAddress;
import java.net.InetSocketAddress;

/// Calls through gRPC's generated blocking stub.
final class BlockingGrpcCaller implements Caller.Blocking {
  private final ManagedChannel channel;
  private final PriceListServiceBlockingStub stub;

  BlockingGrpcCaller(ManagedChannel channel) {
    this.channel = channel;
    this.stub = PriceListServiceGrpc.newBlockingStub(channel);
  }

  static NettyChannelBuilder toLoopback(int port) {
    return NettyChannelBuilder.forAddress(
            new InetSocketAddress(InetAddress.getLoopbackAddress(), port))
        .usePlaintext();
  }

  @Override
  public Quote price(Basket basket) {
    return Messages.quote(stub.price(Messages.message(basket)));
  }

  @Override
  public void close() {
    channel.shutdownNow();
  }
}
