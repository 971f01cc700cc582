package dev.myelin.transport;

import dev.myelin.CallException;
import dev.myelin.Execution;
import dev.myelin.Status;
import dev.myelin.wire.Frame;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Frames on their way out of one connection. [#send], [#urge] and [#wake] may be called from any
/// thread and never block; all else belongs to the event loop.
///
/// Senders put frames into a queue and wake the event loop only if it is not already on its way,
/// and the loop copies everything queued into one buffer and writes that once: under load many
/// calls share a system call, at rest a call waits for nobody.
///
/// That senders write to the socket themselves while nobody else does was tried and left out: it
/// saves two wake-ups a call, yet made no difference that could be measured.
final class Outbox {

  private static final int BATCH = 64 * 1024;

  private final Channel channel;
  private final long limit;
  private final ConcurrentLinkedQueue<Frame> queue = new ConcurrentLinkedQueue<>();
  private final AtomicLong queued = new AtomicLong();
  private final AtomicBoolean flushing = new AtomicBoolean();
  private @Nullable Runnable whenSent;
  private boolean sentAll;
  private volatile boolean stopped;

  /// @param channel where to
  /// @param limit bytes that may wait
  Outbox(Channel channel, long limit) {
    this.channel = channel;
    this.limit = limit;
  }

  /// Queues a frame and sees to it that it leaves.
  ///
  /// @param longest bytes of a frame that the peer takes
  /// @throws CallException that the call did not run: the frame was not queued
  void send(Frame frame, int longest) {
    long size = FrameFormat.sizeBound(frame);
    if (size > longest) {
      throw refused(
          Status.INVALID_ARGUMENT,
          "a frame of %,d bytes is longer than the %,d that %s takes; see 'myelin.wire.max-frame-size'"
              .formatted(size, longest, NettyConnection.remote(channel)));
    }
    if (queued.addAndGet(size) > limit) {
      queued.addAndGet(-size);
      throw refused(
          Status.RESOURCE_EXHAUSTED,
          "%s reads too slowly: %,d bytes wait for it"
              .formatted(NettyConnection.remote(channel), queued.get()));
    }
    queue.add(frame);
    // the end of the connection may have looked at the queue before; if not, it reports the frame
    if (stopped && queue.remove(frame)) {
      throw ended();
    }
    wake();
  }

  /// Queues a frame whatever waits already.
  void urge(Frame frame) {
    queued.addAndGet(FrameFormat.sizeBound(frame));
    queue.add(frame);
    wake();
  }

  /// What a sender is told after the end of the connection.
  CallException ended() {
    return refused(
        Status.UNAVAILABLE,
        "the connection to %s is closed".formatted(NettyConnection.remote(channel)));
  }

  private static CallException refused(Status status, String detail) {
    return new CallException(status, Execution.DID_NOT_RUN, detail);
  }

  /// Sees to it that what is queued leaves.
  void wake() {
    if (flushing.compareAndSet(false, true)) {
      channel.eventLoop().execute(this::flush);
    }
  }

  /// Sends what is queued, and then does something else.
  void finish(Runnable then) {
    whenSent = then;
    flush();
  }

  private void flush() {
    try {
      while (!stopped && channel.isWritable() && !queue.isEmpty()) {
        var _ = channel.write(batch());
      }
      var then = whenSent;
      if (then != null && !sentAll && queue.isEmpty()) {
        sentAll = true;
        // done when everything before it is
        var _ = channel.write(Unpooled.EMPTY_BUFFER).addListener(_ -> then.run());
      }
      channel.flush();
    } finally {
      flushing.set(false);
    }
    // a frame queued between the last look and the reset would otherwise wait for the next one;
    // while the channel is not writable, channelWritabilityChanged goes on
    if (!stopped && !queue.isEmpty() && channel.isWritable()) {
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

  /// Sends nothing any more.
  ///
  /// @param unsent takes what still waited
  void stop(Consumer<Frame> unsent) {
    stopped = true;
    for (var frame = queue.poll(); frame != null; frame = queue.poll()) {
      unsent.accept(frame);
    }
  }
}
