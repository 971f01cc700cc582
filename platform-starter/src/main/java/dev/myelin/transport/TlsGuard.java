package dev.myelin.transport;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.DecoderException;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import java.io.IOException;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Stands behind the handler of TLS and says in one exception why it failed, whatever way that was
/// told: as an event, as an exception, or by the end of the connection.
final class TlsGuard extends ChannelInboundHandlerAdapter {

  private static final Logger LOG = LoggerFactory.getLogger(TlsGuard.class);

  private final boolean initiator;
  private @Nullable IOException failure;
  private boolean reported;
  private boolean agreed;
  private boolean read;

  TlsGuard(boolean initiator) {
    this.initiator = initiator;
  }

  // The event of a failure comes before the peer has been told of it, so it must not close anything
  @Override
  public void userEventTriggered(ChannelHandlerContext context, Object event) {
    if (event instanceof SslHandshakeCompletionEvent handshake) {
      agreed = handshake.isSuccess();
      if (!agreed) {
        failed(context, handshake.cause());
      }
    }
    context.fireUserEventTriggered(event);
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    read = true;
    context.fireChannelRead(message);
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    var root =
        cause instanceof DecoderException && cause.getCause() != null ? cause.getCause() : cause;
    if (root instanceof SSLException) {
      failed(context, root);
    } else if (root instanceof IOException) {
      endedBeforeHello();
    }
    if (!report(context) && failure == null) {
      context.fireExceptionCaught(cause);
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    endedBeforeHello();
    report(context);
    context.fireChannelInactive();
  }

  private void failed(ChannelHandlerContext context, Throwable cause) {
    if (failure == null) {
      var reason = TlsFailure.describe(cause, initiator);
      failure = new IOException(reason, cause);
      if (!initiator) {
        LOG.warn(
            "closing a connection peer={} reason={}",
            NettyConnection.remote(context.channel()),
            reason);
      }
    }
  }

  private void endedBeforeHello() {
    if (failure == null && initiator && agreed && !read) {
      failure = new IOException(TlsFailure.ENDED_BEFORE_HELLO);
    }
  }

  private boolean report(ChannelHandlerContext context) {
    var unreported = reported ? null : failure;
    if (unreported == null) {
      return false;
    }
    reported = true;
    context.fireExceptionCaught(unreported);
    return true;
  }
}
