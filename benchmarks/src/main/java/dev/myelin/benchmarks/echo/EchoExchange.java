package dev.myelin.benchmarks.echo;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.CombinedChannelDuplexHandler;
import io.netty.handler.codec.ByteToMessageDecoder;
import io.netty.handler.codec.MessageToByteEncoder;
import java.nio.channels.ClosedChannelException;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;

/// The client's end of the pipeline: writes requests and matches replies to them by their order.
///
/// One for each connection; confined to its event loop.
final class EchoExchange {
  private final Queue<EchoRequest> waiting = new ArrayDeque<>();
  private long lastSent;
  private long lastReceived;

  ChannelHandler handler() {
    return new CombinedChannelDuplexHandler<>(new Replies(), new Requests());
  }

  private void failAll() {
    for (var request = waiting.poll(); request != null; request = waiting.poll()) {
      request.reply().completeExceptionally(new ClosedChannelException());
    }
  }

  private final class Requests extends MessageToByteEncoder<EchoRequest> {

    Requests() {
      super(EchoRequest.class);
    }

    @Override
    protected ByteBuf allocateBuffer(
        ChannelHandlerContext context, EchoRequest request, boolean preferDirect) {
      return context.alloc().ioBuffer(EchoFrame.REQUEST_BYTES);
    }

    @Override
    protected void encode(ChannelHandlerContext context, EchoRequest request, ByteBuf out) {
      waiting.add(request);
      EchoFrame.writeRequest(out, ++lastSent, request.quote());
      if (!context.channel().isActive()) {
        failAll();
      }
    }
  }

  private final class Replies extends ByteToMessageDecoder {

    @Override
    protected void decode(ChannelHandlerContext context, ByteBuf in, List<Object> out) {
      while (in.readableBytes() >= EchoFrame.REPLY_BYTES) {
        var quote = EchoFrame.readReply(in, ++lastReceived);
        waiting.remove().reply().complete(quote);
      }
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
      failAll();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
      var _ = context.close();
    }
  }
}
