package dev.myelin.transport;

import dev.myelin.Execution;
import dev.myelin.Status;
import dev.myelin.wire.Frame;
import dev.myelin.wire.Payload;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.DuplexChannel;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.ReferenceCountUtil;
import java.util.concurrent.TimeUnit;

/// Ends a connection so that the peer learns why.
///
/// Says it, ends the output, and reads on for a moment without keeping anything: a socket that is
/// closed while bytes wait in it is reset, and what was said last is lost. As a handler it does so
/// with a connection that is not taken at all.
final class Farewell extends ChannelInboundHandlerAdapter {

  private static final int LINGER_SECONDS = 1;

  private final Status status;
  private final String why;

  Farewell(Status status, String why) {
    this.status = status;
    this.why = why;
  }

  /// Says why, and closes the channel a moment later at the latest.
  static void say(Channel channel, Status status, String why) {
    var buffer = channel.alloc().directBuffer(256);
    FrameFormat.write(
        new Frame.Failure(0, status, Execution.DID_NOT_RUN, why, Payload.EMPTY), buffer);
    var _ = channel.writeAndFlush(buffer).addListener(_ -> endOutput(channel));
    Runnable close =
        () -> {
          var _ = channel.close();
        };
    var _ = channel.eventLoop().schedule(close, LINGER_SECONDS, TimeUnit.SECONDS);
  }

  private static void endOutput(Channel channel) {
    var tls = channel.pipeline().get(SslHandler.class);
    if (tls != null) {
      var _ = tls.closeOutbound();
    } else if (channel instanceof DuplexChannel duplex) {
      var _ = duplex.shutdownOutput();
    } else {
      var _ = channel.close();
    }
  }

  @Override
  public void channelActive(ChannelHandlerContext context) {
    say(context.channel(), status, why);
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object bytes) {
    ReferenceCountUtil.release(bytes);
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    // whatever goes wrong with a connection that is not wanted anyway
    var _ = context.close();
  }
}
