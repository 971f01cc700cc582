package dev.myelin.transport;

import dev.myelin.CallException;
import dev.myelin.Status;
import dev.myelin.wire.Frame;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.DecoderException;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.concurrent.Future;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A connection over one Netty channel.
///
/// What is sent goes through its [Outbox]; all else belongs to the event loop.
final class NettyConnection extends SimpleChannelInboundHandler<Frame> implements Connection {

  private static final Logger LOG = LoggerFactory.getLogger(NettyConnection.class);
  private static final Duration FLUSH_LIMIT = Duration.ofSeconds(2);

  private final TransportSettings settings;
  private final Supplier<Frame.Hello> hello;
  private final FrameListener listener;
  private final boolean initiator;
  private final CompletableFuture<Connection> ready = new CompletableFuture<>();
  private final Channel channel;
  private final Outbox outbox;
  private final Wiring wiring;
  private volatile Frame.@Nullable Hello peer;
  private volatile boolean closed;
  private volatile boolean closing;
  private String reason = "the peer closed the connection";
  private final Silence silence = new Silence();
  private boolean ended;
  private @Nullable Future<?> keepAlive;

  /// What stands around a connection.
  ///
  /// @param reader cuts its bytes into frames
  /// @param refusals told where the connection ends by the peer's fault
  /// @param whenGreeted runs once the peer has said hello
  record Wiring(FrameReader reader, RefusalLog refusals, Runnable whenGreeted) {}

  NettyConnection(
      Channel channel,
      Wiring wiring,
      TransportSettings settings,
      Supplier<Frame.Hello> hello,
      FrameListener listener,
      boolean initiator) {
    this.channel = channel;
    this.outbox = new Outbox(channel, settings.maxQueued());
    this.wiring = wiring;
    this.settings = settings;
    this.hello = hello;
    this.listener = listener;
    this.initiator = initiator;
  }

  CompletableFuture<Connection> ready() {
    return ready;
  }

  @Override
  public Frame.Hello peer() {
    return Objects.requireNonNull(peer, "the handshake is not done");
  }

  @Override
  public String remote() {
    return remote(channel);
  }

  static String remote(Channel channel) {
    return String.valueOf(channel.remoteAddress()).replaceFirst("^.*/", "");
  }

  @Override
  public boolean open() {
    return !closed && !closing && channel.isActive();
  }

  @Override
  public void send(Frame frame) {
    if (!open()) {
      throw outbox.ended();
    }
    var to = peer;
    outbox.send(
        frame, to == null ? settings.maxFrame() : Math.min(settings.maxFrame(), to.maxFrame()));
  }

  @Override
  public void close(String why) {
    close(Status.INTERNAL, why);
  }

  @Override
  public void leave(String why) {
    close(Status.UNAVAILABLE, why);
  }

  private void close(Status status, String why) {
    if (channel.eventLoop().inEventLoop()) {
      finish(status, why);
    } else {
      channel.eventLoop().execute(() -> finish(status, why));
    }
  }

  /// Sends what is queued, then ends; a peer that does not take it is waited for only shortly.
  private void finish(Status status, String why) {
    if (!ended && !closing) {
      reason = why;
      closing = true;
      outbox.finish(() -> tell(status, why));
      var _ =
          channel
              .eventLoop()
              .schedule(() -> end(why), FLUSH_LIMIT.toMillis(), TimeUnit.MILLISECONDS);
    }
  }

  /// Ends the connection, and says why unless the peer does not even read what it was sent.
  private void tell(Status status, String why) {
    if (ended) {
      return;
    }
    wiring.reader().discard();
    ended(why);
    if (channel.isWritable()) {
      Farewell.say(channel, status, why);
    } else {
      var _ = channel.close();
    }
  }

  /// The listener learns of the end at once, and once: nothing is sent or received any more, and
  /// what is still queued was not sent.
  private void ended(String why) {
    if (ended) {
      return;
    }
    ended = true;
    closed = true;
    reason = why;
    if (keepAlive != null) {
      keepAlive.cancel(false);
    }
    if (peer == null) {
      outbox.stop(_ -> {});
      ready.completeExceptionally(new java.net.ConnectException(why));
      return;
    }
    outbox.stop(frame -> listener.unsent(this, frame));
    listener.closed(this, why);
  }

  // with TLS, what is written before the end of its handshake waits for that
  @Override
  public void channelActive(ChannelHandlerContext context) {
    if (initiator) {
      greet();
    }
    var half = settings.keepAlive().toNanos();
    // at a fixed rate, intervals that this process paused for would end without one for the answer
    var loop = context.executor();
    keepAlive = loop.scheduleWithFixedDelay(this::keepAlive, half, half, TimeUnit.NANOSECONDS);
  }

  private void greet() {
    var own = hello.get();
    var buffer = channel.alloc().directBuffer(512);
    FrameFormat.write(own, buffer);
    var _ = channel.writeAndFlush(buffer);
  }

  /// Runs every interval: a peer that said nothing for one is pinged, after a second one given up.
  private void keepAlive() {
    if (closed) {
      return;
    }
    long arrived = wiring.reader().takeArrived();
    if (peer == null) {
      if (!handshaking()) {
        end("no hello within " + settings.keepAlive());
      }
      return;
    }
    switch (silence.interval(arrived)) {
      case ALIVE -> {}
      case PING -> outbox.urge(new Frame.Ping(0));
      case GONE -> end("no answer to a ping within " + settings.keepAlive());
    }
  }

  // TLS bounds the time of its handshake itself, and says what went wrong with it
  private boolean handshaking() {
    var tls = channel.pipeline().get(SslHandler.class);
    return tls != null && !tls.handshakeFuture().isDone();
  }

  private void end(String why) {
    wiring.reader().discard();
    ended(why);
    var _ = channel.close();
  }

  @Override
  protected void channelRead0(ChannelHandlerContext context, Frame frame) {
    if (ended) {
      return;
    }
    silence.broken();
    if (peer == null) {
      greeted(frame);
      return;
    }
    switch (frame) {
      case Frame.Ping(var token) -> pong(token);
      case Frame.Pong _ -> {}
      case Frame.Hello _ -> throw ProtocolException.unexpected(frame);
      case Frame.Failure failure when failure.id() == 0 -> told(failure);
      case Frame.Call _,
          Frame.Reply _,
          Frame.Failure _,
          Frame.Cancel _,
          Frame.Item _,
          Frame.Credit _,
          Frame.End _,
          Frame.Drain _,
          Frame.SchemaRequest _,
          Frame.SchemaReply _ ->
          listener.received(this, frame);
    }
  }

  private void pong(long token) {
    try {
      send(new Frame.Pong(token));
    } catch (CallException e) {
      // it asks for more answers than it reads
      end(String.valueOf(e.getMessage()));
    }
  }

  private void told(Frame.Failure failure) {
    // a caller that just leaves complains of nothing
    if (!initiator && failure.status() != Status.UNAVAILABLE) {
      wiring.refusals().refused(remote(), "it says: " + failure.detail());
    }
    end(failure.detail());
  }

  private void greeted(Frame frame) {
    switch (frame) {
      case Frame.Hello said -> {
        peer = said;
        wiring.whenGreeted().run();
        listener.opened(this);
        // whom the listener does not take hears no hello, and so sends no call
        if (!initiator && !closing) {
          greet();
        }
        ready.complete(this);
      }
      case Frame.Failure failure -> told(failure);
      default -> throw ProtocolException.unexpected(frame);
    }
  }

  @Override
  public void channelWritabilityChanged(ChannelHandlerContext context) {
    boolean writable = channel.isWritable();
    if (!initiator) {
      // who does not read its answers is not asked for more; a caller reads always, or both could
      // wait for each other
      channel.config().setAutoRead(writable);
    }
    if (writable) {
      // it has read something
      silence.broken();
      outbox.wake();
    }
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext context, Object event) {
    if (event == TunnelHandler.Leaving.LEAVING && peer != null) {
      listener.ending(this);
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    ended(reason);
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    var root =
        cause instanceof DecoderException && cause.getCause() != null ? cause.getCause() : cause;
    var why = String.valueOf(root.getMessage());
    if (root instanceof ProtocolException) {
      wiring.refusals().refused(remote(), why);
      tell(Status.INCOMPATIBLE, why);
      return;
    }
    if (!(root instanceof java.io.IOException)) {
      LOG.error("closing a connection peer={} after a defect", remote(), root);
    }
    end(why);
  }
}
