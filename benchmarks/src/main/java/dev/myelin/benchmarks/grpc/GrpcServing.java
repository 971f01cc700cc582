package dev.myelin.benchmarks.grpc;

import dev.myelin.benchmarks.variant.Serving;
import io.grpc.Server;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;

/// An open gRPC server.
///
/// @param server the server, owned by this object
record GrpcServing(Server server) implements Serving {

  static NettyServerBuilder onLoopback() {
    return NettyServerBuilder.forAddress(
        new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
  }

  static GrpcServing start(NettyServerBuilder builder) throws IOException {
    return new GrpcServing(builder.build().start());
  }

  @Override
  public int port() {
    return server.getPort();
  }

  @Override
  public void close() {
    server.shutdownNow();
  }
}
