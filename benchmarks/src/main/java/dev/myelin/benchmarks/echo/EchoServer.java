package dev.myelin.benchmarks.echo;

import dev.myelin.benchmarks.variant.Serving;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.handler.codec.ByteToMessageDecoder;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// Sends the head of each request back, all of one read in one write.
final class EchoServer implements Serving {
  private final EventLoopGroup group;
  private final Channel channel;

  private EchoServer(EventLoopGroup group, Channel channel) {
    this.group = group;
    this.channel = channel;
  }

  static EchoServer open() {
    var group = Transport.oneEventLoop();
    var channel =
        new ServerBootstrap()
            .group(group)
            .channel(Transport.serverChannel())
            .childOption(ChannelOption.TCP_NODELAY, true)
            .childHandler(
                new ChannelInitializer<>() {
                  @Override
                  protected void initChannel(Channel child) {
                    child.pipeline().addLast(new Echo());
                  }
                })
            .bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
            .syncUninterruptibly()
            .channel();
    return new EchoServer(group, channel);
  }

  @Override
  public int port() {
    return ((InetSocketAddress) channel.localAddress()).getPort();
  }

  @Override
  public void close() {
    group.shutdownGracefully(0, 1, TimeUnit.SECONDS).syncUninterruptibly();
  }

  private static final class Echo extends ByteToMessageDecoder {

    @Override
    protected void decode(ChannelHandlerContext context, ByteBuf in, List<Object> out) {
      var frames = in.readableBytes() / EchoFrame.REQUEST_BYTES;
      if (frames == 0) {
        return;
      }
      var replies = context.alloc().buffer(frames * EchoFrame.REPLY_BYTES);
      for (var frame = 0; frame < frames; frame++) {
        EchoFrame.echo(in, replies);
      }
      var _ = context.writeAndFlush(replies, context.voidPromise());
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
      var _ = context.close();
    }
  }
}
