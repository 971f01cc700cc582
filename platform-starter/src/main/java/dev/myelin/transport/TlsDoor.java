package dev.myelin.transport;

import dev.myelin.Execution;
import dev.myelin.Status;
import dev.myelin.wire.Frame;
import dev.myelin.wire.Payload;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.ssl.OptionalSslHandler;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.ReferenceCountUtil;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Stands before a connection that was accepted until its first bytes: lets TLS in, and tells
/// whoever speaks plainly, in plain bytes, that nothing else is taken.
///
/// Without it, a caller without TLS would see an end of its connection and no reason.
final class TlsDoor extends OptionalSslHandler {

  static final String PLAIN_REFUSED =
      "calls are taken over TLS only: set 'myelin.ssl.bundle' in the calling process, too";

  private static final Logger LOG = LoggerFactory.getLogger(TlsDoor.class);

  private final Duration limit;

  TlsDoor(SslContext context, Duration limit) {
    super(context);
    this.limit = limit;
  }

  @Override
  protected SslHandler newSslHandler(ChannelHandlerContext context, SslContext ssl) {
    return TransportSecurity.limited(super.newSslHandler(context, ssl), limit);
  }

  @Override
  protected ChannelHandler newNonSslHandler(ChannelHandlerContext context) {
    return new Refusal();
  }

  /// Keeps what a plain caller sent from the handlers behind it.
  private static final class Refusal extends ChannelInboundHandlerAdapter {

    @Override
    public void handlerAdded(ChannelHandlerContext context) {
      LOG.warn(
          "closing a connection peer={} reason=the caller does not speak TLS; {}",
          NettyConnection.remote(context.channel()),
          PLAIN_REFUSED);
      var buffer = context.alloc().directBuffer(256);
      FrameFormat.write(
          new Frame.Failure(
              0, Status.INCOMPATIBLE, Execution.DID_NOT_RUN, PLAIN_REFUSED, Payload.EMPTY),
          buffer);
      var _ = context.writeAndFlush(buffer).addListener(ChannelFutureListener.CLOSE);
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
      ReferenceCountUtil.release(message);
    }
  }
}
