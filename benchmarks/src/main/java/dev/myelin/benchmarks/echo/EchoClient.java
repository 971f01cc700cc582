package dev.myelin.benchmarks.echo;

import dev.myelin.benchmarks.basket.Basket;
import dev.myelin.benchmarks.basket.PriceList;
import dev.myelin.benchmarks.basket.Quote;
import dev.myelin.benchmarks.basket.SummingPriceList;
import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.handler.codec.ByteToMessageDecoder;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.ClosedChannelException;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/// One connection to the echo.
///
/// Callers put requests into a queue and wake the event loop if nobody else has; the event loop
/// writes all that it finds there with one flush. Requests made by the event loop itself, as the
/// next step after a reply, wait for the end of the read and leave together.
final class EchoClient implements AutoCloseable {
  private final PriceList prices = new SummingPriceList();
  private final Queue<Request> outbox = new ConcurrentLinkedQueue<>();
  private final AtomicBoolean drainIsDue = new AtomicBoolean();
  private final Replies replies = new Replies();
  private final EventLoopGroup group;
  private final Channel channel;

  private record Request(Quote quote, CompletableFuture<Quote> reply) {}

  private EchoClient(EventLoopGroup group, int port) {
    this.group = group;
    this.channel =
        new Bootstrap()
            .group(group)
            .channel(Transport.clientChannel())
            .option(ChannelOption.TCP_NODELAY, true)
            .handler(replies)
            .connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port))
            .syncUninterruptibly()
            .channel();
  }

  static EchoClient open(int port) {
    return new EchoClient(Transport.oneEventLoop(), port);
  }

  CompletableFuture<Quote> price(Basket basket) {
    var request = new Request(prices.price(basket), new CompletableFuture<>());
    outbox.add(request);
    if (drainIsDue.compareAndSet(false, true)) {
      channel.eventLoop().execute(this::drain);
    }
    return request.reply();
  }

  @Override
  public void close() {
    group.shutdownGracefully(0, 1, TimeUnit.SECONDS).syncUninterruptibly();
  }

  private void drain() {
    drainIsDue.set(false);
    if (outbox.isEmpty()) {
      return;
    }
    if (!channel.isActive()) {
      replies.failAll();
      return;
    }
    var out = channel.alloc().buffer();
    for (var request = outbox.poll(); request != null; request = outbox.poll()) {
      EchoFrame.writeRequest(out, replies.expect(request), request.quote());
    }
    var _ = channel.writeAndFlush(out, channel.voidPromise());
  }

  /// Matches replies to requests by their order; confined to the event loop.
  private final class Replies extends ByteToMessageDecoder {
    private final Queue<Request> waiting = new ArrayDeque<>();
    private long lastSent;
    private long lastReceived;

    long expect(Request request) {
      waiting.add(request);
      return ++lastSent;
    }

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

    void failAll() {
      fail(waiting);
      fail(outbox);
    }

    private void fail(Queue<Request> requests) {
      for (var request = requests.poll(); request != null; request = requests.poll()) {
        request.reply().completeExceptionally(new ClosedChannelException());
      }
    }
  }
}
