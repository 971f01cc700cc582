package dev.myelin.transport;

import dev.myelin.CallException;
import dev.myelin.Execution;
import dev.myelin.Status;
import dev.myelin.wire.Frame;
import dev.myelin.wire.Payload;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.DecoderException;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A connection over one Netty channel.
///
/// Senders put frames into a queue and wake the event loop only if it is not already on its way,
/// and the loop copies everything queued into one buffer and writes that once: under load many
/// calls share a system call, at rest a call waits for nobody. All other state belongs to the event
/// loop.
final class NettyConnection extends SimpleChannelInboundHandler<Frame> implements Connection {

  private static final Logger LOG = LoggerFactory.getLogger(NettyConnection.class);
  private static final int BATCH = 64 * 1024;
  private static final Duration FLUSH_LIMIT = Duration.ofSeconds(2);

  private final TransportSettings settings;
  private final Supplier<Frame.Hello> hello;
  private final FrameListener listener;
  private final boolean initiator;
  private final CompletableFuture<Connection> ready = new CompletableFuture<>();
  private final ConcurrentLinkedQueue<Frame> queue = new ConcurrentLinkedQueue<>();
  private final AtomicBoolean flushing = new AtomicBoolean();
  private final AtomicLong queued = new AtomicLong();
  private final Channel channel;
  private volatile Frame.@Nullable Hello peer;
  private volatile boolean closed;
  private volatile boolean closing;
  private boolean sentAll;
  private String reason = "the peer closed the connection";
  private boolean heard = true;
  private boolean pinged;

  NettyConnection(
      Channel channel,
      TransportSettings settings,
      Supplier<Frame.Hello> hello,
      FrameListener listener,
      boolean initiator) {
    this.channel = channel;
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
    long size = FrameFormat.sizeBound(frame);
    var to = peer;
    int limit = to == null ? settings.maxFrame() : Math.min(settings.maxFrame(), to.maxFrame());
    if (size > limit) {
      throw refused(
          Status.INVALID_ARGUMENT,
          "a frame of %,d bytes is longer than the %,d that %s takes; see 'myelin.wire.max-frame-size'"
              .formatted(size, limit, remote()));
    }
    if (!open()) {
      throw refused(Status.UNAVAILABLE, "the connection to %s is closed".formatted(remote()));
    }
    if (queued.addAndGet(size) > settings.maxQueued()) {
      queued.addAndGet(-size);
      throw refused(
          Status.RESOURCE_EXHAUSTED,
          "%s reads too slowly: %,d bytes wait for it".formatted(remote(), queued.get()));
    }
    queue.add(frame);
    // the end of the connection may have looked at the queue before; if not, it reports the frame
    if (closed && queue.remove(frame)) {
      throw refused(Status.UNAVAILABLE, "the connection to %s is closed".formatted(remote()));
    }
    wake();
  }

  private static CallException refused(Status status, String detail) {
    return new CallException(status, Execution.DID_NOT_RUN, detail);
  }

  private void wake() {
    if (flushing.compareAndSet(false, true)) {
      channel.eventLoop().execute(this::flush);
    }
  }

  private void flush() {
    try {
      while (!sentAll && channel.isWritable() && !queue.isEmpty()) {
        var _ = channel.write(batch());
      }
      if (closing && !sentAll && queue.isEmpty()) {
        sentAll = true;
        var _ = channel.write(Unpooled.EMPTY_BUFFER).addListener(ChannelFutureListener.CLOSE);
      }
      channel.flush();
    } finally {
      flushing.set(false);
    }
    // a frame queued between the last look and the reset would otherwise wait for the next one;
    // while the channel is not writable, channelWritabilityChanged goes on
    if (!sentAll && !queue.isEmpty() && channel.isWritable()) {
      wake();
    }
  }

  private ByteBuf batch() {
    var buffer = channel.alloc().directBuffer(1024);
    for (var frame = queue.poll(); frame != null; frame = queue.poll()) {
      FrameFormat.write(frame, buffer);
      queued.addAndGet(-FrameFormat.sizeBound(frame));
      if (buffer.readableBytes() >= BATCH) {
        break;
      }
    }
    return buffer;
  }

  @Override
  public void close(String why) {
    if (channel.eventLoop().inEventLoop()) {
      finish(why);
    } else {
      channel.eventLoop().execute(() -> finish(why));
    }
  }

  private void finish(String why) {
    if (!closed && !closing) {
      reason = why;
      closing = true;
      flush();
      var _ =
          channel
              .eventLoop()
              .schedule(() -> end(why), FLUSH_LIMIT.toMillis(), TimeUnit.MILLISECONDS);
    }
  }

  // with TLS, what is written before the end of its handshake waits for that
  @Override
  public void channelActive(ChannelHandlerContext context) {
    if (initiator) {
      greet();
    }
    var half = settings.keepAlive().toNanos();
    var _ =
        context.executor().scheduleAtFixedRate(this::keepAlive, half, half, TimeUnit.NANOSECONDS);
  }

  private void greet() {
    var buffer = channel.alloc().directBuffer(512);
    FrameFormat.write(hello.get(), buffer);
    var _ = channel.writeAndFlush(buffer);
  }

  /// Runs every interval: a peer that said nothing for one is pinged, after a second one given up.
  private void keepAlive() {
    if (closed) {
      return;
    }
    if (heard) {
      heard = false;
      pinged = false;
    } else if (peer == null) {
      end("no hello within " + settings.keepAlive());
    } else if (pinged) {
      end("no answer to a ping within " + settings.keepAlive());
    } else {
      pinged = true;
      queue.add(new Frame.Ping(0));
      queued.addAndGet(FrameFormat.sizeBound(new Frame.Ping(0)));
      wake();
    }
  }

  private void end(String why) {
    reason = why;
    var _ = channel.close();
  }

  @Override
  protected void channelRead0(ChannelHandlerContext context, Frame frame) {
    heard = true;
    if (peer == null) {
      greeted(frame);
      return;
    }
    switch (frame) {
      case Frame.Ping(var token) -> send(new Frame.Pong(token));
      case Frame.Pong _ -> {}
      case Frame.Hello _ -> throw ProtocolException.unexpected(frame);
      case Frame.Failure(var id, _, _, var detail, _) when id == 0 -> end(detail);
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

  private void greeted(Frame frame) {
    switch (frame) {
      case Frame.Hello said -> {
        peer = said;
        listener.opened(this);
        // whom the listener does not take hears no hello, and so sends no call
        if (!initiator && !closing) {
          greet();
        }
        ready.complete(this);
      }
      case Frame.Failure failure -> end(failure.detail());
      default -> throw ProtocolException.unexpected(frame);
    }
  }

  @Override
  public void channelWritabilityChanged(ChannelHandlerContext context) {
    if (channel.isWritable()) {
      wake();
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    closed = true;
    if (peer == null) {
      ready.completeExceptionally(new java.net.ConnectException(reason));
    } else {
      for (var frame = queue.poll(); frame != null; frame = queue.poll()) {
        listener.unsent(this, frame);
      }
      listener.closed(this, reason);
    }
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    var root =
        cause instanceof DecoderException && cause.getCause() != null ? cause.getCause() : cause;
    reason = String.valueOf(root.getMessage());
    if (root instanceof ProtocolException && !initiator) {
      LOG.warn("closing a connection peer={} reason={}", remote(), reason);
      var buffer = channel.alloc().directBuffer(256);
      FrameFormat.write(
          new Frame.Failure(0, Status.INCOMPATIBLE, Execution.DID_NOT_RUN, reason, Payload.EMPTY),
          buffer);
      var _ = channel.writeAndFlush(buffer).addListener(ChannelFutureListener.CLOSE);
      return;
    }
    if (!(root instanceof java.io.IOException || root instanceof ProtocolException)) {
      LOG.error("closing a connection peer={} after a defect", remote(), root);
    }
    var _ = channel.close();
  }
}
