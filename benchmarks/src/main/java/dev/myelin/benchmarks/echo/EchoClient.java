package dev.myelin.benchmarks.echo;

import dev.myelin.benchmarks.basket.Basket;
import dev.myelin.benchmarks.basket.PriceList;
import dev.myelin.benchmarks.basket.Quote;
import dev.myelin.benchmarks.basket.SummingPriceList;
import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.handler.flush.FlushConsolidationHandler;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/// One connection to the echo.
///
/// Each caller writes and flushes its request, as in any Netty application; Netty's own handler
/// makes one flush of those that come together.
final class EchoClient implements AutoCloseable {
  private final PriceList prices = new SummingPriceList();
  private final EventLoopGroup group = Transport.oneEventLoop();
  private final Channel channel;

  EchoClient(int port) {
    var exchange = new EchoExchange();
    this.channel =
        new Bootstrap()
            .group(group)
            .channel(Transport.clientChannel())
            .option(ChannelOption.TCP_NODELAY, true)
            .handler(
                new ChannelInitializer<>() {
                  @Override
                  protected void initChannel(Channel opened) {
                    opened.pipeline().addLast(consolidation(), exchange.handler());
                  }
                })
            .connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port))
            .syncUninterruptibly()
            .channel();
  }

  CompletableFuture<Quote> price(Basket basket) {
    var request = new EchoRequest(prices.price(basket), new CompletableFuture<>());
    var _ = channel.writeAndFlush(request, channel.voidPromise());
    return request.reply();
  }

  @Override
  public void close() {
    group.shutdownGracefully(0, 1, TimeUnit.SECONDS).syncUninterruptibly();
  }

  private static FlushConsolidationHandler consolidation() {
    return new FlushConsolidationHandler(
        FlushConsolidationHandler.DEFAULT_EXPLICIT_FLUSH_AFTER_FLUSHES, true);
  }
}
